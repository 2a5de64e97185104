using System.Diagnostics;
using System.Text.Json.Nodes;
using SpotifyCore.Testing;

namespace SpotifyCore.Import.Tests.Tags;

/// <summary>
/// Odd but valid tags, made once for the tests of a class by mutagen and by hand (Foreign/make_tags.py).
/// </summary>
public sealed class TagSamples : IDisposable
{
    private readonly TempDirectory _directory = new();

    public TagSamples()
    {
        DebianPackage.Require("python3-mutagen");
        var script = Path.Combine(AppContext.BaseDirectory, "Tags", "Foreign", "make_tags.py");
        var start = new ProcessStartInfo("/usr/bin/python3", [script, _directory.Path])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1" },
        };
        using var process = Process.Start(start)!;
        All = JsonNode.Parse(process.StandardOutput.ReadToEnd())!.AsArray().Select(static node => new TagSample(
            node!["name"]!.GetValue<string>(),
            node["right"]!.AsObject(),
            node["differs"]!.GetValue<bool>(),
            node["mutagen"] as JsonObject)).ToList();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>All of them.</summary>
    internal IReadOnlyList<TagSample> All { get; }

    public void Dispose() => _directory.Dispose();

    /// <summary>Where a sample lies.</summary>
    public string PathOf(string name) => _directory[name];
}
