using System.Text;

namespace SpotifyCore.Import;

/// <summary>
/// Reads the account's password: from the environment, a line of standard input, or a prompt without echo.
/// </summary>
internal static class PasswordReader
{
    private const string Variable = "SPOTIFYCORE_PASSWORD";

    public static string? Read()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return given;

        if (Console.IsInputRedirected)
            return Console.In.ReadLine();

        Console.Error.Write("Password: ");
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
