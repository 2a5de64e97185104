using System.Diagnostics;

namespace SpotifyCore.Cluster.Tests.Processes;

/// <summary>A program that was run to its end.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Errors">What it wrote to standard error.</param>
internal sealed record ProgramRun(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static Task<ProgramRun> RunAsync(string path, string? password, params string[] arguments) =>
        RunAsync(Programs.Prepare(path, arguments, password));

    public static async Task<ProgramRun> RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Patience);
            return new ProgramRun(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    /// <summary>Runs a program that must succeed, for its output.</summary>
    public static async Task<string> OutputAsync(string path, string? password, params string[] arguments)
    {
        var run = await RunAsync(path, password, arguments);
        Assert.True(run.ExitCode == 0, $"{path} {string.Join(' ', arguments)}: {run.ExitCode}\n{run.Errors}");
        return run.Output;
    }
}
