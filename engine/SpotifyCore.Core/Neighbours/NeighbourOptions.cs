namespace SpotifyCore.Core.Neighbours;

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

    /// <summary>
    /// Neighbours that may be clients of one account, whatever ids they prove: more than a household has on at once,
    /// and few enough that it takes seven accounts to fill a neighbourhood.
    /// </summary>
    public int PerAccount { get; set; } = 8;

    /// <summary>Most peers gathered for one file; as many as the tracker returns, 10 [K].</summary>
    public int PeersPerFile { get; set; } = 10;

    /// <summary>
    /// Peers gathered for one file at first; the others once these don't keep up. Each connection costs some 3 KB of
    /// handshake, just when the line is to bring the first chunk; one peer of half a megabit carries 160 kbps thrice.
    /// </summary>
    public int FirstPeersPerFile { get; set; } = 2;

    /// <summary>Peers remembered as said to hold one file.</summary>
    public int CandidatesPerFile { get; set; } = 32;

    /// <summary>
    /// Of those, how many may be there on the word of neighbours of one account: as many as one passes on of a search.
    /// </summary>
    public int CandidatesPerAccount { get; set; } = 10;

    /// <summary>Most connections being opened at once.</summary>
    public int ConnectingLimit { get; set; } = 16;

    /// <summary>A connection that has not come up by then is given up: three handshakes over a bad line.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// A connection that has not come up by then is doubtful: the peer is asked to connect to this client instead, and
    /// the next one is tried. Two round trips across an ocean.
    /// </summary>
    public TimeSpan ReverseAfter { get; set; } = TimeSpan.FromMilliseconds(600);

    /// <summary>Reverse connections asked for, and granted, a second; bursts are ten times that.</summary>
    public double ReversesPerSecond { get; set; } = 1;

    /// <summary>
    /// Neighbours kept though nothing is exchanged with them: between tracks they are the overlay that searches go
    /// through. Each costs a sign of life every few minutes.
    /// </summary>
    public int KeptNeighbours { get; set; } = 12;

    /// <summary>A neighbour beyond those with whom nothing was exchanged for so long is closed.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long to leave a peer alone that said it was busy, unless it names a time.</summary>
    public TimeSpan BusyPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause doubles each time it is still busy, up to this.</summary>
    public TimeSpan LongestBusyPause { get; set; } = TimeSpan.FromSeconds(16);

    /// <summary>The longest such pause while a listener waits for the next chunk: who was busy may be free.</summary>
    public TimeSpan LongestBusyPauseInNeed { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Times a peer may be silent before it is closed.</summary>
    public int SilencesAllowed { get; set; } = 2;

    /// <summary>
    /// The same while nobody else may be asked for what a listener needs next: with the limits of
    /// <c>DownloadOptions</c> some 30 s, in which a line of 5 kbit/s has sent a chunk.
    /// </summary>
    public int SilencesAllowedOfLastHope { get; set; } = 6;

    /// <summary>
    /// Bytes a second assumed of a peer that was never measured: a line of 1 Mbit/s up, half of it free.
    /// </summary>
    public int AssumedBytesPerSecond { get; set; } = 64 * 1024;

    /// <summary>Weight of the latest measurement of a peer's speed.</summary>
    public double SpeedWeight { get; set; } = 0.25;

    /// <summary>Most peers remembered as banned, and as out of reach; beyond that the oldest is forgotten.</summary>
    public int BansRemembered { get; set; } = 1024;

    /// <summary>
    /// An account of which so many ids are banned at a time is banned as a whole: one machine may be broken without its
    /// owner's others, three ids are no accident. So an account is never remembered by more than these.
    /// </summary>
    public int BansPerAccount { get; set; } = 3;

    /// <summary>How long a peer that lied is not spoken to.</summary>
    public TimeSpan BanFor { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long a peer that could not be connected to is not tried again, but asked to connect.</summary>
    public TimeSpan UnreachableFor { get; set; } = TimeSpan.FromMinutes(30);
}
