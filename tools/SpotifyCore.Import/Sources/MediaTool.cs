using System.ComponentModel;
using System.Diagnostics;

namespace SpotifyCore.Import.Sources;

/// <summary>
/// Runs ffmpeg or ffprobe: what it puts out goes where the caller says, what it reports is kept up to a limit.
/// </summary>
internal static class MediaTool
{
    private const int MaxReportLines = 200;
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private const int EndedBySignal = 255;

    private static readonly TimeSpan SignalGrace = TimeSpan.FromSeconds(1);

    /// <summary>Runs to the end; when cancelled, ends the process first.</summary>
    /// <returns>The exit code and the last lines it reported.</returns>
    public static async Task<MediaToolResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        Func<Stream, Task> takeOutput,
        CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments);
        await using var ending = cancellationToken.Register(static started => End((Process)started!), process);
        var report = ReadReportAsync(process.StandardError);
        try
        {
            await takeOutput(process.StandardOutput.BaseStream);
            await process.WaitForExitAsync(cancellationToken);
        }
        catch
        {
            End(process);
            throw;
        }

        cancellationToken.ThrowIfCancellationRequested();

        // Ctrl-C reaches the process too, and may end it before this side hears of it.
        if (process.ExitCode is EndedBySignal or 128 + Interrupt or 128 + Terminate)
            await Task.Delay(SignalGrace, cancellationToken);

        return new MediaToolResult(process.ExitCode, await report);
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException(
                $"{program} is not installed. Debian and Ubuntu: apt install ffmpeg.", missing);
        }
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    // The first lines say what is wrong, the last ones hold the measures: both are kept, the middle is not.
    private static async Task<IReadOnlyList<string>> ReadReportAsync(StreamReader reader)
    {
        var first = new List<string>();
        var last = new Queue<string>();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (first.Count < MaxReportLines)
                first.Add(line);
            else
                last.Enqueue(line);

            if (last.Count > MaxReportLines)
                last.Dequeue();
        }

        return [.. first, .. last];
    }
}
