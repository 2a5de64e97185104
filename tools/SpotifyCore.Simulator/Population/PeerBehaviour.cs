namespace SpotifyCore.Simulator.Population;

/// <summary>How a client behaves towards others.</summary>
internal enum PeerBehaviour
{
    /// <summary>As the engine has it.</summary>
    Honest,

    /// <summary>Sends wrong bytes, or promises what it has not.</summary>
    Liar,

    /// <summary>Sends at a trickle.</summary>
    Slow,
}
