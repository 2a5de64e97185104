namespace SpotifyCore.Core.Tiers;

/// <summary>The three things that a resolve can do next.</summary>
public enum TierStepKind : byte
{
    /// <summary>Wait for what was asked.</summary>
    Wait = 0,

    /// <summary>Ask a tier.</summary>
    Ask,

    /// <summary>End without a chunk.</summary>
    GiveUp,
}
