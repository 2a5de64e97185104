using System.Text;

namespace SpotifyCore.Content.Text;

/// <summary>
/// Passes text on as <see cref="PlainText"/>, line ends and tabs kept. Every write is one text: what commands a
/// terminal is found within it. As safe for threads as the writer behind it.
/// </summary>
public sealed class PlainTextWriter(TextWriter output) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => output.Encoding;

    /// <summary>
    /// Has whatever the process prints from now on, logs included, pass through here: both of the console's outputs.
    /// </summary>
    /// <returns>The standard output as it was, for a program that draws on the terminal.</returns>
    public static TextWriter GuardConsole()
    {
        var drawing = Console.Out;
        Console.SetOut(new PlainTextWriter(drawing));
        Console.SetError(new PlainTextWriter(Console.Error));
        return drawing;
    }

    /// <inheritdoc/>
    public override void Write(char value) => PlainText.WriteLines(output, [value]);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) =>
        PlainText.WriteLines(output, buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => PlainText.WriteLines(output, buffer);

    /// <inheritdoc/>
    public override void Write(string? value) => PlainText.WriteLines(output, value);

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        // As one text, so that lines of several threads do not mix.
        PlainText.WriteLines(output, string.Concat(value, CoreNewLine));
    }

    /// <inheritdoc/>
    public override void Flush() => output.Flush();
}
