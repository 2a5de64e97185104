using System.Text;

namespace SpotifyCore.Contracts.Login;

/// <summary>Where a program of a person gets a password from.</summary>
public static class PasswordInput
{
    /// <summary>The variable of the environment that may hold it.</summary>
    public const string Variable = "SPOTIFYCORE_PASSWORD";

    /// <summary>Takes it from the environment, from a line of standard input, or from who types at a prompt.</summary>
    /// <returns>Null or empty when there is none.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled, by Ctrl-C say, before it was typed.</exception>
    public static async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return given;

        return Console.IsInputRedirected
            ? await Console.In.ReadLineAsync(cancellationToken)
            : await AskAsync("Password: ", cancellationToken);
    }

    /// <summary>Asks on standard error, and shows nothing of what is typed.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled before Enter.</exception>
    public static async Task<string> AskAsync(string prompt, CancellationToken cancellationToken)
    {
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
