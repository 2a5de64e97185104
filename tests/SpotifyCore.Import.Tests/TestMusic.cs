using System.Diagnostics;
using SpotifyCore.Import.Sources;
using SpotifyCore.Testing;

namespace SpotifyCore.Import.Tests;

/// <summary>Sources made by ffmpeg, shared by the tests of a class.</summary>
public sealed class TestMusic : IDisposable
{
    // Two detuned tones and some noise: not silent, not the same on both sides.
    private const string Sound =
        "aevalsrc=0.3*sin(2*PI*(220+20*t)*t)+0.02*random(0)|0.2*sin(2*PI*331*t)+0.02*random(1):s=44100";

    private readonly TempDirectory _directory = new();

    /// <summary>Where they are.</summary>
    public string Folder => _directory.Path;

    public void Dispose() => _directory.Dispose();

    /// <summary>Makes a source of the format its name tells, unless it is there.</summary>
    internal SourceFile Make(string name, double seconds = 2.5, params string[] options)
    {
        var path = Path.Combine(Folder, name);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            string[] input = ["-nostdin", "-v", "error", "-f", "lavfi", "-i", $"{Sound}:d={seconds}"];
            Run("ffmpeg", [.. input, "-bitexact", .. options, path]);
        }

        return Describe(path);
    }

    /// <summary>Writes a file that is not made by ffmpeg.</summary>
    internal SourceFile Write(string name, byte[] content)
    {
        File.WriteAllBytes(Path.Combine(Folder, name), content);
        return Describe(Path.Combine(Folder, name));
    }

    /// <summary>The front of a source, under another name.</summary>
    internal SourceFile Truncate(SourceFile source, string name, double share)
    {
        var bytes = File.ReadAllBytes(source.Path);
        return Write(name, bytes[..(int)(bytes.Length * share)]);
    }

    /// <summary>What plain ffmpeg makes of a source at 48 kHz.</summary>
    internal static byte[] Decode(SourceFile source, params string[] options)
    {
        string[] input = ["-nostdin", "-v", "quiet", "-i", source.Path, "-map", "0:a:0"];
        return Run("ffmpeg", [.. input, "-ar", "48000", .. options, "-f", "s16le", "-"]);
    }

    public static byte[] Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}");
        return output.ToArray();
    }

    private static SourceFile Describe(string path) => new(path, Path.GetFileName(path), new FileInfo(path).Length);
}
