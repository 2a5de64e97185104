namespace SpotifyCore.Client.Offline;

/// <summary>How keeping music offline stands.</summary>
/// <param name="Tracks">Tracks that are to be kept.</param>
/// <param name="Kept">How many of them are here whole.</param>
public sealed record OfflineStatus(int Tracks, int Kept)
{
    /// <summary>Bytes of whole files and of those that are coming.</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes that they may have.</summary>
    public long MaxBytes { get; init; }

    /// <summary>What is coming now; empty for nothing.</summary>
    public string Fetching { get; init; } = "";

    /// <summary>Bytes of that which are here.</summary>
    public long FetchedBytes { get; init; }

    /// <summary>Bytes that it has.</summary>
    public long FetchingBytes { get; init; }

    /// <summary>Until when what is kept may be played without the access point; null before anything was.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why what is kept can't be played without the access point now; empty where it can.</summary>
    public string Refusal { get; init; } = "";

    /// <summary>True while something is missing that can be kept.</summary>
    public bool IsComing { get; init; }
}
