namespace SpotifyCore.Backend.Tracking;

/// <summary>What the tracker remembers, and what it tells.</summary>
public sealed class TrackerOptions
{
    /// <summary>Latest clients remembered for a file.</summary>
    public int ClientsPerFile { get; init; } = 20;

    /// <summary>Most peers told at a time.</summary>
    public int PeersPerAnswer { get; init; } = 10;

    /// <summary>Most files remembered; the one that was longest not played makes room.</summary>
    public int Files { get; init; } = 200_000;

    /// <summary>Most clients online at a time.</summary>
    public int Clients { get; init; } = 100_000;

    /// <summary>How long a client is remembered for a file since it last played or announced it.</summary>
    public TimeSpan Memory { get; init; } = TimeSpan.FromHours(24);

    /// <summary>When peers that are said to misbehave are ranked down.</summary>
    public PeerReportOptions Reports { get; init; } = new();
}
