namespace SpotifyCore.Core.Tiers;

/// <summary>How one tier stands in the course of one resolve.</summary>
public enum TierOutcome : byte
{
    /// <summary>Not asked yet.</summary>
    Untried = 0,

    /// <summary>Asked, no answer yet.</summary>
    Asked,

    /// <summary>It does not have the chunk.</summary>
    Lacks,

    /// <summary>It is over a limit.</summary>
    Busy,

    /// <summary>It can't be reached, failed, lied or stayed silent.</summary>
    Unavailable,
}
