namespace SpotifyCore.Core.Searching;

/// <summary>How the overlay is searched, and how far others' searches are served.</summary>
public sealed class SearchOptions
{
    /// <summary>False to neither search nor answer.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The overlay is searched for a file of which the tracker named fewer peers than this. A search costs some 60
    /// bytes for each neighbour asked, and for each of theirs.
    /// </summary>
    public int EnoughPeers { get; set; } = 4;

    /// <summary>Neighbours that one's own search is sent to, the most useful ones.</summary>
    public int FanOut { get; set; } = 16;

    /// <summary>Neighbours that another's search is passed on to.</summary>
    public int PassOn { get; set; } = 8;

    /// <summary>Hops of one's own search: 1 reaches neighbours' neighbours, 0 neighbours alone.</summary>
    public byte Hops { get; set; } = 1;

    /// <summary>Queries remembered, so that none is answered or passed on twice.</summary>
    public int QueriesRemembered { get; set; } = 1024;

    /// <summary>How long they are remembered: a hit that takes longer is of no use.</summary>
    public TimeSpan Memory { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Searches a second that the neighbours of one account may send together; who skips on and on makes one.
    /// </summary>
    public double PerAccountPerSecond { get; set; } = 4;

    /// <summary>How many of them at once.</summary>
    public double PerAccountBurst { get; set; } = 20;

    /// <summary>Searches a second that are served in all.</summary>
    public double PerSecond { get; set; } = 20;

    /// <summary>How many of them at once.</summary>
    public double Burst { get; set; } = 60;

    /// <summary>
    /// Who sends one more when its account has sent so many more than it may within a <see cref="FloodSpan"/> is closed
    /// and banned.
    /// </summary>
    public int FloodLimit { get; set; } = 200;

    /// <summary>See <see cref="FloodLimit"/>.</summary>
    public TimeSpan FloodSpan { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Hits passed back for one query.</summary>
    public int HitsPerQuery { get; set; } = 10;
}
