using System.Diagnostics;

namespace SpotifyCore.Cluster.Tests.Sound;

/// <summary>The field's own decoder and encoder, to measure against and to make sources with.</summary>
internal static class Ffmpeg
{
    /// <summary>Runs it; what it wrote to standard output.</summary>
    public static byte[] Run(params string[] arguments)
    {
        var (code, output) = Try("ffmpeg", ["-nostdin", "-v", "error", "-y", .. arguments]);
        Assert.True(code == 0, $"ffmpeg {string.Join(' ', arguments)}");
        return output;
    }

    /// <summary>
    /// True when it finds sound in a file by looking for Ogg pages: left to itself it takes noise for anything.
    /// </summary>
    public static bool CanDecode(string path)
    {
        var (code, output) = Try("ffmpeg", ["-nostdin", "-v", "quiet", "-f", "ogg", "-i", path, "-f", "s16le", "-"]);
        return code == 0 && output.Length > 0;
    }

    private static (int Code, byte[] Output) Try(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return (process.ExitCode, output.ToArray());
    }
}
