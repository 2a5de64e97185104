namespace SpotifyCore.Cli.Display;

/// <summary>Asks for a password without showing it, or reads a line where nobody types.</summary>
internal static class PasswordPrompt
{
    public static string Read()
    {
        if (Console.IsInputRedirected)
            return Console.ReadLine() ?? "";

        Console.Error.Write("Password: ");
        var typed = new Stack<char>();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.TryPop(out _);
            else if (key.KeyChar != '\0')
                typed.Push(key.KeyChar);
        }

        Console.Error.WriteLine();
        return string.Concat(typed.Reverse());
    }
}
