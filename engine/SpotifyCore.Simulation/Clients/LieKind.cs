namespace SpotifyCore.Simulation.Clients;

/// <summary>How a peer lies to others.</summary>
public enum LieKind : byte
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>It says that it holds what it is asked for, and sends other bytes.</summary>
    WrongBytes,

    /// <summary>It says that it holds what it is asked for, and then lacks every chunk of it.</summary>
    WrongHaves,

    /// <summary>It says that it holds what it is asked for, takes requests, and never answers them.</summary>
    EndlessPromises,
}
