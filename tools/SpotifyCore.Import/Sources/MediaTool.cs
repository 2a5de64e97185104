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
    public static Task<MediaToolResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        Func<Stream, Task> takeOutput,
        CancellationToken cancellationToken) =>
        RunAsync(program, arguments, null, takeOutput, cancellationToken);

    /// <summary>Runs to the end on what <paramref name="giveInput"/> writes to its standard input.</summary>
    /// <returns>The exit code and the last lines it reported.</returns>
    public static async Task<MediaToolResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        Func<Stream, Task>? giveInput,
        Func<Stream, Task> takeOutput,
        CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments, giveInput is not null);
        await using var ending = cancellationToken.Register(static started => End((Process)started!), process);
        var report = ReadReportAsync(process.StandardError);
        try
        {
            var given = giveInput is null ? Task.CompletedTask : GiveAsync(process, giveInput);
            await takeOutput(process.StandardOutput.BaseStream);
            await process.WaitForExitAsync(cancellationToken);
            await given;
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

    private static Process Start(string program, IEnumerable<string> arguments, bool takesInput)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = takesInput,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new ToolMissingException(program, missing);
        }
    }

    private static async Task GiveAsync(Process process, Func<Stream, Task> giveInput)
    {
        try
        {
            await using var input = process.StandardInput.BaseStream;
            await giveInput(input);
        }
        catch (IOException)
        {
            // It takes no more: its exit code says why.
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
