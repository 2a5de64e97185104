namespace SpotifyCore.Simulator.Population;

/// <summary>How a client behaves towards others.</summary>
public enum PeerManner
{
    /// <summary>As the engine has it.</summary>
    Honest,

    /// <summary>Sends wrong bytes, or promises what it has not.</summary>
    Liar,

    /// <summary>Sends at a trickle.</summary>
    Slow,
}
