namespace SpotifyCore.Simulator.Plots;

/// <summary>Round numbers for an axis.</summary>
internal static class AxisSteps
{
    /// <summary>A round top for an axis that must reach a value, and the step of its marks (4 to 8 of them).</summary>
    public static double Ceiling(double value, out double step)
    {
        var scale = Math.Pow(10, Math.Floor(Math.Log10(value)) - 1);
        step = scale * new[] { 1, 2, 5, 10, 20, 50 }.First(factor => value / (factor * scale) <= 8);
        return Math.Ceiling(value / step) * step;
    }
}
