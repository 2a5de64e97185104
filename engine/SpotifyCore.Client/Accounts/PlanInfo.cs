namespace SpotifyCore.Client.Accounts;

/// <summary>What the account's plan allows on this device.</summary>
/// <param name="Name">The plan: Free, Unlimited or Premium.</param>
/// <param name="Until">When it lapses unless it is paid for again; null where it does not.</param>
public sealed record PlanInfo(string Name, DateTimeOffset? Until)
{
    /// <summary>Whether tracks are played as they are chosen.</summary>
    public bool IsOnDemand { get; init; }

    /// <summary>Whether adverts are heard between tracks.</summary>
    public bool HasAdverts { get; init; }

    /// <summary>Bits a second of the best quality.</summary>
    public int MaxBitsPerSecond { get; init; }

    /// <summary>Whether this device is one of the swarm; else it fetches from servers alone.</summary>
    public bool UsesPeers { get; init; }

    /// <summary>Whether music is kept for times without a network.</summary>
    public bool KeepsOffline { get; init; }
}
