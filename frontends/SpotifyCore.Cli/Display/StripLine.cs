using System.Text;
using SpotifyCore.Content.Text;

namespace SpotifyCore.Cli.Display;

/// <summary>A line of coloured parts that never gets wider than its terminal.</summary>
/// <param name="width">Cells it may take.</param>
/// <param name="isColoured">False to leave the attributes of its parts out.</param>
internal sealed class StripLine(int width, bool isColoured = true)
{
    private readonly StringBuilder _text = new();

    /// <summary>Cells it takes.</summary>
    public int Width { get; private set; }

    /// <summary>Adds as much of a text as there is room for.</summary>
    /// <param name="text">The text.</param>
    /// <param name="style">Its ANSI attributes, empty for none.</param>
    public StripLine Add(string text, string style = "")
    {
        var fitted = CellText.Fit(PlainText.Of(text), width - Width);
        Width += CellText.Width(fitted);
        _text.Append(!isColoured || style.Length == 0 || fitted.Length == 0 ? fitted : $"\e[{style}m{fitted}\e[0m");
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
