namespace SpotifyCore.Swarm.Neighbours;

/// <summary>
/// Limits of a client's neighbourhood. The figures marked [K] are those of Kreitz and Niemelä, "Spotify: Large Scale,
/// Low Latency, P2P Music-on-Demand Streaming", 2010.
/// </summary>
public sealed class NeighbourOptions
{
    /// <summary>False for a client that uses servers only: it connects to no peer and accepts none.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>True to connect to, and accept, peers of the same LAN alone.</summary>
    public bool LanOnly { get; set; }

    /// <summary>
    /// True when others may be able to connect to this client: peers that can't be reached are then asked to. False
    /// when it is known that nobody can.
    /// </summary>
    public bool Reachable { get; set; } = true;

    /// <summary>Above so many neighbours the least useful one is dropped; 50 [K].</summary>
    public int SoftLimit { get; set; } = 50;

    /// <summary>Above so many neighbours nobody is connected or accepted; 60 [K].</summary>
    public int HardLimit { get; set; } = 60;

    /// <summary>Most peers connected for one file; as many as the tracker returns, 10 [K].</summary>
    public int PeersPerFile { get; set; } = 10;

    /// <summary>Most connections being opened at once.</summary>
    public int ConnectingLimit { get; set; } = 16;

    /// <summary>A connection that has not come up by then is given up: three handshakes over a bad line.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>A neighbour with whom nothing was exchanged for so long is closed.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long to leave a peer alone that said it was busy, unless it names a time.</summary>
    public TimeSpan BusyPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause doubles each time it is still busy, up to this.</summary>
    public TimeSpan LongestBusyPause { get; set; } = TimeSpan.FromSeconds(16);

    /// <summary>Times a peer may be silent before it is closed.</summary>
    public int SilencesAllowed { get; set; } = 2;

    /// <summary>
    /// Bytes a second assumed of a peer that was never measured: a line of 1 Mbit/s up, half of it free.
    /// </summary>
    public int AssumedBytesPerSecond { get; set; } = 64 * 1024;

    /// <summary>Weight of the latest measurement of a peer's speed.</summary>
    public double SpeedWeight { get; set; } = 0.25;

    /// <summary>Most peers remembered as banned; beyond that the oldest is forgotten.</summary>
    public int BansRemembered { get; set; } = 1024;
}
