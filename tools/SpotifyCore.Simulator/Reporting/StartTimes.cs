using SpotifyCore.Simulator.Statistics;

namespace SpotifyCore.Simulator.Reporting;

/// <summary>Milliseconds to the start of sound.</summary>
/// <param name="P50">Median.</param>
/// <param name="P75">Three in four are quicker.</param>
/// <param name="P90">Nine in ten are.</param>
/// <param name="P99">99 in 100 are.</param>
internal sealed record StartTimes(double P50, double P75, double P90, double P99)
{
    /// <summary>Reads them off a sketch.</summary>
    public static StartTimes Of(QuantileSketch sketch) =>
        new(Round(sketch.At(0.5)), Round(sketch.At(0.75)), Round(sketch.At(0.9)), Round(sketch.At(0.99)));

    private static double Round(double value) => Math.Round(value, 1);
}
