using System.CommandLine;
using System.CommandLine.Invocation;
using SpotifyCore.Content;

namespace SpotifyCore.CommandLine;

/// <summary>Reads what a program was started with, and runs it or says what is wrong with that.</summary>
public static class CommandProgram
{
    /// <summary>What a program exits with whose command line means nothing.</summary>
    public const int Misused = 2;

    /// <summary>What a program exits with that Ctrl-C or SIGTERM ended: 128 and the number of SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>What a program exits with that can't write its output.</summary>
    private const int Failed = 1;

    private const int BrokenPipe = 32; // EPIPE, which .NET keeps as the failure's number

    /// <summary>
    /// Runs the command that is meant, until it ends. Ctrl-C or SIGTERM calls off one that is asynchronous, and a second
    /// of them ends the process as it is. A mistake is one line on standard error, and the last line says where help is;
    /// then nothing is run. So is output that can't be written, except to a pipe that nobody reads any more: then there
    /// is nothing left to do.
    /// </summary>
    /// <param name="root">All commands.</param>
    /// <param name="name">The executable's name.</param>
    /// <param name="args">What it was started with.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(this RootCommand root, string name, IReadOnlyList<string> args)
    {
        try
        {
            return await RunUnguardedAsync(root, name, args);
        }
        catch (IOException unread) when (unread.HResult == BrokenPipe)
        {
            return 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await ComplainAsync($"{name}: {failure.GetBaseException().Message}");
            return Failed;
        }
    }

    private static async Task<int> RunUnguardedAsync(RootCommand root, string name, IReadOnlyList<string> args)
    {
        if (args is ["--version"])
        {
            await Console.Out.WriteLineAsync(ProductVersion.LineOf(name));
            return 0;
        }

        var parsed = root.Parse(args);
        if (Mistakes.In(parsed, args) is { Count: > 0 } mistakes)
        {
            foreach (var mistake in mistakes)
                await Console.Error.WriteLineAsync($"{name}: {mistake}");

            await Console.Error.WriteLineAsync($"See '{NameOf(name, parsed.CommandResult.Command)} --help'.");
            return Misused;
        }

        // Its own handling of signals ends a command with another code once that takes longer than it may.
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        if (parsed.Action is not AsynchronousCommandLineAction)
            return await parsed.InvokeAsync(configuration); // can't be called off: a signal ends the process

        using var signals = new InterruptSignals();
        try
        {
            return await parsed.InvokeAsync(configuration, signals.Interrupted);
        }
        catch (OperationCanceledException) when (signals.Interrupted.IsCancellationRequested)
        {
            await ComplainAsync(string.Empty); // what is drawn on the terminal stays as a line
            return Interrupted;
        }
    }

    /// <summary>Standard error may be as full as the output.</summary>
    private static async Task ComplainAsync(string line)
    {
        try
        {
            await Console.Error.WriteLineAsync(line);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The exit code has to say it.
        }
    }

    /// <summary>A command as one types it, such as <c>spotifycore queue move</c>.</summary>
    private static string NameOf(string program, Command command)
    {
        var words = new Stack<string>();
        for (Symbol? at = command; at is Command named; at = at.Parents.FirstOrDefault())
            words.Push(named is RootCommand ? program : named.Name);

        return string.Join(' ', words);
    }
}
