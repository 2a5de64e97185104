using System.Diagnostics;

namespace SpotifyCore.Codec.Tests.Foreign;

/// <summary>Runs a program of the system that knows Opus or audio.</summary>
internal static class Tool
{
    /// <summary>What it wrote to its output; an exit code other than 0 fails the test.</summary>
    public static byte[] Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = new System.Text.StringBuilder();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {errors}");
        return output.ToArray();
    }

    /// <summary>As <see cref="Run"/>, the output as text.</summary>
    public static string RunText(string program, params string[] arguments) =>
        System.Text.Encoding.UTF8.GetString(Run(program, arguments));
}
