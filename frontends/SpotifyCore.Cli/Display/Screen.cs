using System.Text;
using Microsoft.Win32.SafeHandles;
using SpotifyCore.Content.Text;

namespace SpotifyCore.Cli.Display;

/// <summary>
/// The terminal. What is printed is plain text, whatever a title or a message holds; only what is drawn here commands
/// it, and makes the texts in it plain itself.
/// </summary>
internal static class Screen
{
    private const int StandardOutput = 1;
    private const int UsualWidth = 80;

    /// <summary>Where it is drawn.</summary>
    public static TextWriter Drawing { get; private set; } = Console.Out;

    /// <summary>True where lines can be drawn in place of others: on a terminal that is not called dumb.</summary>
    public static bool IsLive => !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>False where the listener wants no colours (no-color.org).</summary>
    public static bool IsColoured => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>Cells of a line; 80 where the terminal does not say.</summary>
    public static int Width => Console.WindowWidth is > 0 and var width ? width : UsualWidth;

    /// <summary>
    /// Has all that is printed from now on be plain, and fail once nobody reads it. Called once, first of all.
    /// </summary>
    public static void Guard()
    {
        if (Pipe() is { } pipe)
            Console.SetOut(pipe);

        Drawing = PlainTextWriter.GuardConsole();
    }

    /// <summary>
    /// Standard output where it is a pipe or a socket; null elsewhere. The console's own writer is silent once the
    /// reader is gone, so that what goes on for ever would never end.
    /// </summary>
    private static StreamWriter? Pipe()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
            return null;

        var handle = new SafeFileHandle(StandardOutput, ownsHandle: false);
        try
        {
            var stream = new FileStream(handle, FileAccess.Write, bufferSize: 0);
            return stream.CanSeek ? null : new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true };
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
