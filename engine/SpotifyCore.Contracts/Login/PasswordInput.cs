using System.Text;

namespace SpotifyCore.Contracts.Login;

/// <summary>Where a program of a person gets a password from: the environment, standard input, or a prompt.</summary>
public static class PasswordInput
{
    /// <summary>The variable of the environment that may hold it.</summary>
    public const string Variable = "SPOTIFYCORE_PASSWORD";

    /// <summary>Takes one that exists.</summary>
    /// <returns>Null or empty when there is none.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled, by Ctrl-C say, before it was typed.</exception>
    public static async Task<string?> ReadAsync(CancellationToken cancellationToken) => IsTyped
        ? await AskAsync("Password: ", cancellationToken)
        : await TakeAsync(cancellationToken);

    /// <summary>Takes one that is to be; whoever types it unseen types it twice.</summary>
    /// <returns>Null or empty when there is none.</returns>
    /// <exception cref="FormatException">It was typed in two ways.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before it was typed.</exception>
    public static async Task<string?> ReadNewAsync(CancellationToken cancellationToken)
    {
        if (!IsTyped)
            return await TakeAsync(cancellationToken);

        var typed = await AskAsync("Password: ", cancellationToken);
        return await AskAsync("Again: ", cancellationToken) == typed
            ? typed
            : throw new FormatException("The two passwords differ.");
    }

    private static bool IsTyped => Given is not { Length: > 0 } && !Console.IsInputRedirected;

    private static string? Given => Environment.GetEnvironmentVariable(Variable);

    // A read of standard input can't be called off, and is made on the caller's thread whatever it is called.
    private static async Task<string?> TakeAsync(CancellationToken cancellationToken) => Given is { Length: > 0 } given
        ? given
        : await Task.Run(Console.In.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);

    // On standard error, and nothing of what is typed is shown.
    private static async Task<string> AskAsync(string prompt, CancellationToken cancellationToken)
    {
        // The first look at the keys turns the terminal's echo off; after the prompt it would be too late for the quick.
        _ = Console.KeyAvailable;
        await Console.Error.WriteAsync(prompt);
        try
        {
            // A read of a key can't be called off: whoever waits for it can.
            return await Task.Run(ReadUnseen, cancellationToken).WaitAsync(cancellationToken);
        }
        finally
        {
            await Console.Error.WriteLineAsync();
        }
    }

    private static string ReadUnseen()
    {
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }

        return typed.ToString();
    }
}
