namespace SpotifyCore.Core.Nodes;

/// <summary>How production nodes are used.</summary>
public sealed class NodeOptions
{
    /// <summary>A connection that has not come up by then is given up and the next node tried.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Once a connection takes so long to come up, the next node is connected as well.</summary>
    public TimeSpan ConnectHedge { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A node that failed is left alone so long at first; doubled with each failure in a row.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest such pause.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest such pause while a listener waits for the next chunk.</summary>
    public TimeSpan LongestPauseInNeed { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A node that was asked and sends nothing for so long: what is urgent is asked of another source as well.
    /// </summary>
    public TimeSpan HedgeAfter { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// The same while a listener waits for sound: with a connection to open, and a node behind it that has to fetch the
    /// file itself, the other source's music is still there within 2 s of the click.
    /// </summary>
    public TimeSpan HedgeAfterInNeed { get; set; } = TimeSpan.FromSeconds(0.75);

    /// <summary>
    /// A node that was asked and sends nothing for so long is taken for silent. A file that production must first
    /// fetch from a remote store takes 2 to 5 s (Yanggratoke et al. 2012), so this is longer.
    /// </summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>
    /// Bytes asked of a node and not yet received, at most: its share of the pipe, 2 s at 1 Mbit/s and more.
    /// </summary>
    public int OutstandingBytes { get; set; } = 1024 * 1024;

    /// <summary>Bytes a second assumed of a node that was never measured.</summary>
    public int AssumedBytesPerSecond { get; set; } = 256 * 1024;

    /// <summary>A node that failed is asked only for want of another, until so long after its last failure.</summary>
    public TimeSpan ForgiveAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long to leave a node alone about a file it said it lacks.</summary>
    public TimeSpan LacksPause { get; set; } = TimeSpan.FromSeconds(2);
}
