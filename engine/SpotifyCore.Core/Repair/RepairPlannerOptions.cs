namespace SpotifyCore.Core.Repair;

/// <summary>How fast a master repairs itself.</summary>
public sealed class RepairPlannerOptions
{
    /// <summary>Bytes fetched a second, on average over some files; 0 for no limit.</summary>
    public long FetchBytesPerSecond { get; set; }

    /// <summary>Files fetched at once.</summary>
    public int MaxFetches { get; set; } = 2;

    /// <summary>
    /// After which fetches that failed are planned anew at first; doubled with every round that fails.
    /// </summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The same, at most.</summary>
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Bytes read a second to find damage; 0 for never.</summary>
    public long ScrubBytesPerSecond { get; set; }

    /// <summary>From the beginning of a round through all files to that of the next.</summary>
    public TimeSpan ScrubEvery { get; set; } = TimeSpan.FromDays(7);
}
