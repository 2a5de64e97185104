namespace SpotifyCore.Simulator.Plots;

/// <summary>A place on a canvas, in pixels.</summary>
internal readonly record struct SvgPoint(double X, double Y);
