namespace SpotifyCore.Simulator.Plots;

/// <summary>A plot's title, axes and area: turns shares of width and height into pixels.</summary>
internal sealed class PlotFrame
{
    private const double Left = 74;
    private const double Top = 78;
    private const double Right = 148;
    private const double Bottom = 58;
    private const string Grid = "#e3e7eb";
    private const string Axis = "#9aa5b1";

    /// <summary>A frame with a title and a line below it that says what is seen.</summary>
    public PlotFrame(string title, string subtitle)
    {
        Canvas = new SvgCanvas(900, 480);
        Canvas.Text(new SvgPoint(Left, 32), title, new SvgTextStyle(18, IsBold: true));
        Canvas.Text(new SvgPoint(Left, 54), subtitle, new SvgTextStyle(13, "#5b6672"));
    }

    /// <summary>What is drawn on.</summary>
    public SvgCanvas Canvas { get; }

    /// <summary>The right edge of the area.</summary>
    public double RightEdge => Canvas.Width - Right;

    /// <summary>The pixel of a place: (0, 0) is the lower left corner of the area, (1, 1) the upper right.</summary>
    public SvgPoint At(double x, double y) => new(
        Left + (Math.Clamp(x, 0, 1) * (RightEdge - Left)),
        Canvas.Height - Bottom - (Math.Clamp(y, 0, 1) * (Canvas.Height - Bottom - Top)));

    /// <summary>A mark on the lower axis.</summary>
    public void MarkX(double x, string label, bool isLined = true)
    {
        if (isLined)
            Canvas.Line(At(x, 0), At(x, 1), Grid);

        var foot = At(x, 0);
        Canvas.Line(foot, foot with { Y = foot.Y + 5 }, Axis);
        Canvas.Text(foot with { Y = foot.Y + 20 }, label, SvgTextStyle.Axis("middle"));
    }

    /// <summary>A mark on the left axis.</summary>
    public void MarkY(double y, string label)
    {
        Canvas.Line(At(0, y), At(1, y), Grid);
        var foot = At(0, y);
        Canvas.Text(new SvgPoint(foot.X - 8, foot.Y + 4), label, SvgTextStyle.Axis("end"));
    }

    /// <summary>Marks the left axis with percent.</summary>
    public void MarkPercent()
    {
        for (var percent = 0; percent <= 100; percent += 20)
            MarkY(percent / 100.0, $"{percent} %");
    }

    /// <summary>The base line and what the axes measure.</summary>
    public void NameAxes(string x, string y)
    {
        Canvas.Line(At(0, 0), At(1, 0), Axis, 1.2);
        var middle = At(0.5, 0);
        Canvas.Text(middle with { Y = Canvas.Height - 14 }, x, SvgTextStyle.Axis("middle"));
        var side = At(0, 0.5);
        Canvas.Text(side with { X = 20 }, y, SvgTextStyle.Axis("middle") with { IsUpright = true });
    }

    /// <summary>Labels at the right edge, each at its height, moved apart where they would touch.</summary>
    public void LabelRight(IEnumerable<(double Y, string Text, string Colour)> labels)
    {
        var lowest = double.PositiveInfinity;
        foreach (var (y, text, colour) in labels.OrderBy(label => label.Y))
        {
            var at = At(1, y);
            var height = Math.Min(at.Y + 4, lowest - 16);
            lowest = height;
            Canvas.Text(new SvgPoint(at.X + 10, height), text, new SvgTextStyle(13, colour, IsBold: true));
        }
    }
}
