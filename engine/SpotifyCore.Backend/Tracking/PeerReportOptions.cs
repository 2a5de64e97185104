namespace SpotifyCore.Backend.Tracking;

/// <summary>What it takes to rank a peer down, and how much is remembered.</summary>
public sealed class PeerReportOptions
{
    /// <summary>Distinct accounts whose reports rank a peer down: one word, or one quarrel, does not.</summary>
    public int Accounts { get; init; } = 3;

    /// <summary>How long a report counts.</summary>
    public TimeSpan Memory { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Reports heard of one account in an <see cref="Interval"/>.</summary>
    public int PerAccount { get; init; } = 20;

    /// <summary>The interval of <see cref="PerAccount"/>.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Peers remembered; the one longest without a report makes room.</summary>
    public int Peers { get; init; } = 10_000;

    /// <summary>Accounts remembered for one peer; the oldest report makes room.</summary>
    public int AccountsPerPeer { get; init; } = 16;
}
