using System.Diagnostics;
using System.Globalization;

namespace SpotifyCore.SideBySide.Processes;

/// <summary>A program that was run to its end.</summary>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="CpuSeconds">The processor time of it and of all that it started and waited for.</param>
internal sealed record ToolRun(string Output, double CpuSeconds)
{
    /// <summary>The numbers on the one line it wrote.</summary>
    public double[] Numbers =>
    [
        .. Output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(static word => double.Parse(word, CultureInfo.InvariantCulture)),
    ];

    /// <summary>Runs a command that must succeed. One at a time: the time is of all that end meanwhile.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has its last words.</exception>
    public static Task<ToolRun> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        RunAsync(Programs.Prepare(command), cancellationToken);

    /// <summary>As the other, for what was prepared already.</summary>
    public static async Task<ToolRun> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        var before = ProcessorTime.OfEndedChildren;
        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode == 0)
                return new ToolRun(await output, ProcessorTime.OfEndedChildren - before);

            var command = $"{start.FileName} {string.Join(' ', start.ArgumentList)}";
            throw new InvalidOperationException($"{command} ended with {process.ExitCode}: {await errors}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
