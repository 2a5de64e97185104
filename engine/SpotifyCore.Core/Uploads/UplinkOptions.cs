namespace SpotifyCore.Core.Uploads;

/// <summary>
/// How the cap of uploads is found by measuring. The target delay is that of LEDBAT (RFC 6817, section 3.3: 100 ms),
/// whose idea this follows with a rate in place of a window: uploads yield to whatever else the line is used for.
/// </summary>
public sealed class UplinkOptions
{
    /// <summary>
    /// The cap before anything was measured: two thirds of 1 Mbit/s, the usual uplink of ADSL. Less made the first
    /// seconds of every evening a burden on production; a lesser line is noticed within a second or two.
    /// </summary>
    public double FirstBytesPerSecond { get; set; } = 80 * 1024;

    /// <summary>The cap never falls below this: a chunk in four seconds.</summary>
    public double LeastBytesPerSecond { get; set; } = 4 * 1024;

    /// <summary>The cap never rises above this: a fast home line of today, 400 Mbit/s.</summary>
    public double MostBytesPerSecond { get; set; } = 50e6;

    /// <summary>
    /// Share of what the line was measured to bear that uploads take: the rest is for acknowledgements, requests and
    /// everybody else in the house.
    /// </summary>
    public double Share { get; set; } = 0.8;

    /// <summary>
    /// Bytes of chunks that were let go leave at the cap times this: no faster, so that a chunk does not fill a slow
    /// line at once and nothing urgent is stuck behind it; above the cap, or what the line bears could not be told from
    /// what the cap allows.
    /// </summary>
    public double PaceFactor { get; set; } = 1.2;

    /// <summary>How often the cap is looked at.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A window is longer where the cap lets fewer chunks leave in it: those on their way at its ends count for little.
    /// </summary>
    public int ChunksPerWindow { get; set; } = 8;

    /// <summary>But no longer than this.</summary>
    public TimeSpan LongestWindow { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// The line is full when something was on its way for this share of a window, and left below the pace: what went
    /// out then is what it bears.
    /// </summary>
    public double FullShare { get; set; } = 0.95;

    /// <summary>What left at less than this share of the pace was held up by the line.</summary>
    public double HeldUpShare { get; set; } = 0.9;

    /// <summary>Growth of a cap that held uploads back for a window, until the line was full for once.</summary>
    public double FirstGrowth { get; set; } = 2;

    /// <summary>Growth afterwards, at no delay; in proportion less as the delay nears its target.</summary>
    public double Growth { get; set; } = 1.1;

    /// <summary>Delay of the line, beyond what it has at rest, that uploads may cause; 100 ms (RFC 6817).</summary>
    public TimeSpan TargetDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>What the cap falls to, at once, when the delay is twice the target or more.</summary>
    public double BackOff { get; set; } = 0.5;

    /// <summary>
    /// Minutes whose least delays are remembered: the least of all is the line at rest; 10 (RFC 6817, BASE_HISTORY).
    /// </summary>
    public int DelayMinutes { get; set; } = 10;

    /// <summary>Time for which the cap may be saved up, beside one chunk.</summary>
    public TimeSpan Burst { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// What the cap holds back waits at least so long: at a fast cap a wake-up is then worth a number of chunks. At a
    /// slow one, a single chunk takes longer.
    /// </summary>
    public TimeSpan ShortestWait { get; set; } = TimeSpan.FromMilliseconds(10);
}
