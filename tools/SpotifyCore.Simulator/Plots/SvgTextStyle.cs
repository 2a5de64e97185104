namespace SpotifyCore.Simulator.Plots;

/// <summary>How a line of text looks.</summary>
/// <param name="Size">Pixels.</param>
/// <param name="Colour">Its colour.</param>
/// <param name="Anchor">Where the place lies in it: start, middle, end.</param>
/// <param name="IsBold">True for bold.</param>
/// <param name="IsUpright">True to be read from below.</param>
internal readonly record struct SvgTextStyle(
    double Size = 13, string Colour = "#20262e", string Anchor = "start", bool IsBold = false, bool IsUpright = false)
{
    /// <summary>The small grey of axes.</summary>
    public static SvgTextStyle Axis(string anchor) => new(12, "#5b6672", anchor);
}
