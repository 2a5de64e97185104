using System.Text;

namespace SpotifyCore.Contracts.Login;

/// <summary>Where a program of a person gets a password from: the environment, standard input, or a prompt.</summary>
public static class PasswordInput
{
    /// <summary>The variable of the environment that may hold it.</summary>
    public const string Variable = "SPOTIFYCORE_PASSWORD";

    /// <summary>The one that may hold a password that is to take another's place.</summary>
    public const string NewVariable = "SPOTIFYCORE_NEW_PASSWORD";

    /// <summary>Takes one that exists.</summary>
    /// <returns>Null or empty when there is none.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled, by Ctrl-C say, before it was typed.</exception>
    public static async Task<string?> ReadAsync(CancellationToken cancellationToken) => IsTyped(Variable)
        ? await AskAsync("Password: ", cancellationToken)
        : await TakeAsync(Variable, cancellationToken);

    /// <summary>Takes one that is to be; whoever types it unseen types it twice.</summary>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <param name="isAnother">Whether it is to take the place of one that is taken too, and comes after that.</param>
    /// <returns>Null or empty when there is none.</returns>
    /// <exception cref="FormatException">It was typed in two ways.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before it was typed.</exception>
    public static async Task<string?> ReadNewAsync(CancellationToken cancellationToken, bool isAnother = false)
    {
        var variable = isAnother ? NewVariable : Variable;
        if (!IsTyped(variable))
            return await TakeAsync(variable, cancellationToken);

        var typed = await AskAsync(isAnother ? "New password: " : "Password: ", cancellationToken);
        return await AskAsync("Again: ", cancellationToken) == typed
            ? typed
            : throw new FormatException("The two passwords differ.");
    }

    private static bool IsTyped(string variable) => Given(variable) is not { Length: > 0 } && !Console.IsInputRedirected;

    private static string? Given(string variable) => Environment.GetEnvironmentVariable(variable);

    // A read of standard input can't be called off, and is made on the caller's thread whatever it is called.
    private static async Task<string?> TakeAsync(string variable, CancellationToken cancellationToken) =>
        Given(variable) is { Length: > 0 } given
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
