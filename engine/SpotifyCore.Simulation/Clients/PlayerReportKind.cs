namespace SpotifyCore.Simulation.Clients;

/// <summary>What a player says.</summary>
internal enum PlayerReportKind : byte
{
    /// <summary>Where it is.</summary>
    Advanced = 1,

    /// <summary>A play begins to sound.</summary>
    Sounding,

    /// <summary>What should sound is silent.</summary>
    Silent,

    /// <summary>It sounds again, or should not.</summary>
    NotSilent,

    /// <summary>It ran dry for long enough to be heard.</summary>
    Stuttered,

    /// <summary>It sounded all of a play.</summary>
    Complete,

    /// <summary>It ended a play that it was told to end.</summary>
    Ended,

    /// <summary>It can't go on with a play.</summary>
    Failed,

    /// <summary>Nothing is left to be heard.</summary>
    Drained,
}
