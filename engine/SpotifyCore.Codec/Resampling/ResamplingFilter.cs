using SpotifyCore.Codec.Opus;

namespace SpotifyCore.Codec.Resampling;

/// <summary>
/// A sinc under a Kaiser window, in rows: one for each place that a sample of 48 kHz can have between two of the
/// source. It is made by operations that IEEE 754 fixes to the last bit alone, without a library's sine, and so is the
/// same on every machine. Safe for many threads.
/// </summary>
internal sealed class ResamplingFilter
{
    // Of the slower of both rates.
    private const int TapsPerSample = 64;

    // Sidelobes 100 dB down: below what 16 bit tell.
    private const double Beta = 10;

    private const int HighestRate = 768_000;
    private const int MostCoefficients = 1 << 20;

    // Nearly all music has one rate, and short pieces would spend more on the filter than on the sound.
    private static ResamplingFilter? s_latest;

    private readonly int _rate;
    private readonly float[] _rows;

    private ResamplingFilter(int rate)
    {
        _rate = rate;
        (Places, Step) = Reduce(rate);
        Taps = (int)CountTaps(Places, Step);
        _rows = new float[Places * Taps];
        var exact = new double[Taps];
        for (var row = 0; row < Places; row++)
            Fill(_rows.AsSpan(row * Taps, Taps), exact, (int)((long)row * Step % Places));
    }

    /// <summary>Rows: places between two samples of the source.</summary>
    public int Places { get; }

    /// <summary>Places from one sample of 48 kHz to the next.</summary>
    public int Step { get; }

    /// <summary>Coefficients of a row; a multiple of <see cref="ResamplingKernel.Lanes"/>.</summary>
    public int Taps { get; }

    /// <summary>Samples of the source that a row takes before the one that it begins at or behind.</summary>
    public int Before => (Taps / 2) - 1;

    /// <summary>Samples of the source that a row takes behind that one.</summary>
    public int Behind => Taps / 2;

    /// <summary>True where the rows for a rate are few enough.</summary>
    public static bool Exists(int rate)
    {
        if (rate is < 1 or > HighestRate or OpusFormat.SampleRate)
            return false;

        var (places, step) = Reduce(rate);
        return places * CountTaps(places, step) <= MostCoefficients;
    }

    /// <summary>The filter for a rate.</summary>
    public static ResamplingFilter For(int rate)
    {
        if (!Exists(rate))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "There is no filter for this rate.");

        if (Volatile.Read(ref s_latest) is { } latest && latest._rate == rate)
            return latest;

        var made = new ResamplingFilter(rate);
        Volatile.Write(ref s_latest, made);
        return made;
    }

    /// <summary>
    /// The coefficients for one sample of 48 kHz, whose sum is 1: that for each next sample is the next, and the first
    /// follows the last.
    /// </summary>
    public ReadOnlySpan<float> Row(int row) => _rows.AsSpan(row * Taps, Taps);

    private static (int Places, int Step) Reduce(int rate)
    {
        var (divisor, rest) = (OpusFormat.SampleRate, rate);
        while (rest != 0)
            (divisor, rest) = (rest, divisor % rest);

        return (OpusFormat.SampleRate / divisor, rate / divisor);
    }

    private static long CountTaps(int places, int step)
    {
        var taps = step > places ? (((long)TapsPerSample * step) + places - 1) / places : TapsPerSample;
        return (taps + ResamplingKernel.Lanes - 1) / ResamplingKernel.Lanes * ResamplingKernel.Lanes;
    }

    private void Fill(Span<float> row, Span<double> exact, int place)
    {
        // Zeros of the sinc are samples of the slower rate.
        var zero = (double)Math.Max(Places, Step);
        var half = Places * (Taps / 2.0);
        var sum = 0.0;
        for (var i = 0; i < row.Length; i++)
        {
            var distance = ((i - Before) * (double)Places) - place;
            exact[i] = Sinc(distance / zero) * Kaiser(distance / half);
            sum += exact[i];
        }

        for (var i = 0; i < row.Length; i++)
            row[i] = (float)(exact[i] / sum);
    }

    private static double Sinc(double x)
    {
        if (x == 0)
            return 1;

        // The sine of half a turn at most, by its series; its sign changes with every zero.
        var nearest = Math.Round(x);
        var angle = Math.PI * (x - nearest);
        var square = angle * angle;
        var series = 1.0;
        for (var i = 22; i > 0; i -= 2)
            series = 1 - (square / (i * (i + 1)) * series);

        var sine = angle * series;
        return ((long)nearest % 2 == 0 ? sine : -sine) / (Math.PI * x);
    }

    private static double Kaiser(double x) => Bessel(Beta * Math.Sqrt(Math.Max(0, 1 - (x * x))));

    // The modified one of the first kind and order 0, by its series, until nothing is added any more.
    private static double Bessel(double x)
    {
        var quarter = x * x / 4;
        var (sum, term, last) = (1.0, 1.0, 0.0);
        for (var i = 1; sum != last; i++)
        {
            last = sum;
            term *= quarter / (i * i);
            sum += term;
        }

        return sum;
    }
}
