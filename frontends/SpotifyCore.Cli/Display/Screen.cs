using SpotifyCore.Content.Text;

namespace SpotifyCore.Cli.Display;

/// <summary>
/// The terminal. What is printed is plain text, whatever a title or a message holds; only what is drawn here commands
/// it, and makes the texts in it plain itself.
/// </summary>
internal static class Screen
{
    /// <summary>Where it is drawn.</summary>
    public static TextWriter Drawing { get; private set; } = Console.Out;

    /// <summary>Has all that is printed from now on be plain. Called once, first of all.</summary>
    public static void Guard() => Drawing = PlainTextWriter.GuardConsole();
}
