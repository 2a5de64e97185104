namespace SpotifyCore.Simulator.Listening;

/// <summary>How people listen. FACTS: published; assumed: tools/README.md gives the reason.</summary>
internal sealed record ListeningOptions
{
    /// <summary>Stretches of listening a client has in a day (assumed).</summary>
    public double BurstsPerDay { get; init; } = 2.0;

    /// <summary>Mean length of such a stretch (assumed).</summary>
    public TimeSpan MeanBurst { get; init; } = TimeSpan.FromMinutes(32);

    /// <summary>Online before one begins to listen (assumed).</summary>
    public TimeSpan MeanLeadIn { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>Online, idle, after one has listened (assumed).</summary>
    public TimeSpan MeanAfterglow { get; init; } = TimeSpan.FromMinutes(75);

    /// <summary>Share of plays that are skipped within <see cref="EarlySkipBy"/>; 24 % (FACTS).</summary>
    public double EarlySkips { get; init; } = 0.24;

    /// <summary>What an early skip is; 5 s (FACTS).</summary>
    public TimeSpan EarlySkipBy { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Share of plays that are skipped at all; 48.6 % (FACTS).</summary>
    public double Skips { get; init; } = 0.486;

    /// <summary>Mean place of the later skips, exponential within the track (assumed).</summary>
    public TimeSpan MeanLateSkip { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Share of skips that go to something else altogether; the others go to the next track. Chosen so that 39 % of
    /// plays begin by a pick (FACTS).
    /// </summary>
    public double PicksAfterSkips { get; init; } = 0.61;

    /// <summary>Share of picks that go to what the listener has kept; <see cref="WorldModel.Make"/> finds it.</summary>
    public double Familiar { get; init; } = 0.25;

    /// <summary>Zipf's exponent of a listener's preference among what was kept (assumed).</summary>
    public double FavouriteExponent { get; init; } = 0.7;

    /// <summary>Share of picks of something new that are a single track (assumed).</summary>
    public double Singles { get; init; } = 0.10;

    /// <summary>And of those that are an album; the others are playlists (assumed).</summary>
    public double Albums { get; init; } = 0.45;
}
