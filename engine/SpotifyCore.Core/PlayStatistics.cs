using SpotifyCore.Content.Sources;

namespace SpotifyCore.Core;

/// <summary>
/// What one play used so far: bytes of payload. The core writes it, on its loop; whoever reads it does so there or
/// after <see cref="Actions.ClosePlay"/>.
/// </summary>
public sealed class PlayStatistics
{
    private const int Tiers = (int)Tier.Master + 1;

    private readonly long[] _played = new long[Tiers];
    private readonly long[] _fetched = new long[Tiers];

    /// <summary>True when the cache held no chunk of the file before this play began to fetch.</summary>
    public bool Cold { get; set; }

    /// <summary>Who was found to have the file; none as long as nobody was, or nobody was asked.</summary>
    public PeerSearch Search { get; set; }

    /// <summary>True once somebody was asked who has the file.</summary>
    public bool Searched { get; set; }

    /// <summary>Verified bytes that came a second time, or that nobody wanted any more.</summary>
    public long UnusedBytes { get; set; }

    /// <summary>Bytes that did not match the manifest.</summary>
    public long WrongBytes { get; set; }

    /// <summary>Times a chunk was asked of another source because the first was late, lied or left.</summary>
    public int Redirected { get; set; }

    /// <summary>Bytes the player has used up, by the tier they came from; each chunk counts once.</summary>
    public long Played(Tier tier) => _played[(int)tier];

    /// <summary>Bytes taken in for the play, by tier, used or not; what the cache held before is not fetched.</summary>
    public long Fetched(Tier tier) => _fetched[(int)tier];

    /// <summary>Counts bytes used up.</summary>
    public void AddPlayed(Tier tier, long bytes) => _played[(int)tier] += bytes;

    /// <summary>Counts bytes taken in.</summary>
    public void AddFetched(Tier tier, int bytes) => _fetched[(int)tier] += bytes;
}
