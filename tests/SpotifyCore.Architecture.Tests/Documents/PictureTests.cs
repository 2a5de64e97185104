using System.Diagnostics;
using SpotifyCore.Testing;

namespace SpotifyCore.Architecture.Tests.Documents;

/// <summary>The pictures of engine/README.md are what their script draws: whoever changes one changes the script.</summary>
public sealed class PictureTests
{
    private static readonly string Engine = Path.Combine(Repository.Root, "engine");

    [Fact]
    public async Task Pictures_AreWhatTheScriptDraws()
    {
        using var drawn = new TempDirectory();
        using var script = Process.Start(Path.Combine(Engine, "pictures.sh"), [drawn.Path]);
        await script.WaitForExitAsync();

        Assert.Equal(0, script.ExitCode);
        Assert.Equal(ReadAll(drawn.Path), ReadAll(Path.Combine(Engine, "pictures")));
    }

    private static Dictionary<string, string> ReadAll(string directory) =>
        Directory.EnumerateFiles(directory).ToDictionary(static file => Path.GetFileName(file), File.ReadAllText);
}
