namespace SpotifyCore.Simulator.Chance;

/// <summary>What a stream of chance is for.</summary>
internal enum DicePurpose
{
    /// <summary>Lengths, albums and playlists.</summary>
    Catalogue,

    /// <summary>Where clients are, and their lines.</summary>
    Population,

    /// <summary>What a listener has kept.</summary>
    Library,

    /// <summary>When a listener is online and listens.</summary>
    Sessions,

    /// <summary>What a listener plays, and how long.</summary>
    Plays,

    /// <summary>The client core's own chance.</summary>
    Core,

    /// <summary>Who is hostile.</summary>
    Faults,
}
