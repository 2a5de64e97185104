using System.Text;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Hosting.Options;

namespace SpotifyCore.AccessPoint;

/// <summary>Where the password of an account comes from: the environment, standard input, or a prompt.</summary>
internal static class NewPassword
{
    /// <summary>Reads it; asks twice where somebody types it unseen.</summary>
    /// <exception cref="AccountException">There is none, or it was typed in two ways.</exception>
    public static async Task<string> ReadAsync()
    {
        if (Environment.GetEnvironmentVariable(OptionSources.PasswordVariable) is { } given)
            return given;
        if (Console.IsInputRedirected)
        {
            return await Console.In.ReadLineAsync()
                ?? throw new AccountException("There is no password on standard input.");
        }

        var typed = Prompt("Password: ");
        return Prompt("Again: ") == typed ? typed : throw new AccountException("The two passwords differ.");
    }

    private static string Prompt(string prompt)
    {
        Console.Error.Write(prompt);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
