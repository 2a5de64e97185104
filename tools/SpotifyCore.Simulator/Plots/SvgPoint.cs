namespace SpotifyCore.Simulator.Plots;

/// <summary>A place on a canvas, in pixels.</summary>
public readonly record struct SvgPoint(double X, double Y);
