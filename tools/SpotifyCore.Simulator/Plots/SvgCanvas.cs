using System.Globalization;
using System.Net;
using System.Text;

namespace SpotifyCore.Simulator.Plots;

/// <summary>Writes the few SVG elements that the plots need. Coordinates are pixels, y grows downwards.</summary>
internal sealed class SvgCanvas
{
    private const string Ink = "#20262e";

    private readonly StringBuilder _text = new();

    /// <summary>An empty canvas.</summary>
    public SvgCanvas(double width, double height)
    {
        (Width, Height) = (width, height);
        _text.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"
              font-family="Inter, 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif" font-size="13" fill="{Ink}">
            <rect width="{width}" height="{height}" fill="#ffffff"/>

            """);
    }

    /// <summary>Its width.</summary>
    public double Width { get; }

    /// <summary>Its height.</summary>
    public double Height { get; }

    /// <summary>A straight line.</summary>
    public void Line(SvgPoint from, SvgPoint to, string colour, double width = 1, string dashes = "none") =>
        Add($"""
            <line x1="{from.X:0.##}" y1="{from.Y:0.##}" x2="{to.X:0.##}" y2="{to.Y:0.##}"
              stroke="{colour}" stroke-width="{width}" stroke-dasharray="{dashes}"/>
            """);

    /// <summary>A line through points.</summary>
    public void Path(IEnumerable<SvgPoint> points, string colour, double width = 2) =>
        Add($"""
            <polyline points="{Join(points)}" fill="none"
              stroke="{colour}" stroke-width="{width}" stroke-linejoin="round"/>
            """);

    /// <summary>A filled area within points.</summary>
    public void Area(IEnumerable<SvgPoint> points, string colour) =>
        Add($"""
            <polygon points="{Join(points)}" fill="{colour}" stroke="#ffffff" stroke-width="0.6"/>
            """);

    /// <summary>A filled box.</summary>
    public void Box(SvgPoint corner, double width, double height, string colour) =>
        Add($"""
            <rect x="{corner.X:0.##}" y="{corner.Y:0.##}" width="{width:0.##}" height="{height:0.##}"
              fill="{colour}"/>
            """);

    /// <summary>A filled dot.</summary>
    public void Dot(SvgPoint middle, double radius, string colour) =>
        Add($"""<circle cx="{middle.X:0.##}" cy="{middle.Y:0.##}" r="{radius}" fill="{colour}"/>""");

    /// <summary>A line of text.</summary>
    public void Text(SvgPoint at, string text, in SvgTextStyle style)
    {
        var turn = style.IsUpright ? -90 : 0;
        var weight = style.IsBold ? 600 : 400;
        Add($"""
            <text x="{at.X:0.##}" y="{at.Y:0.##}" transform="rotate({turn} {at.X:0.##} {at.Y:0.##})"
              text-anchor="{style.Anchor}" font-size="{style.Size}" font-weight="{weight}"
              fill="{style.Colour}">{WebUtility.HtmlEncode(text)}</text>
            """);
    }

    /// <summary>The whole document.</summary>
    public override string ToString() => _text + "</svg>\n";

    private static string Join(IEnumerable<SvgPoint> points) => string.Join(
        ' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.##},{point.Y:0.##}")));

    private void Add(FormattableString element) =>
        _text.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
