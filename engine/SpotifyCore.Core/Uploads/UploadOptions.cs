namespace SpotifyCore.Core.Uploads;

/// <summary>What a client gives to its peers.</summary>
public sealed class UploadOptions
{
    /// <summary>False for a client that gives nothing.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>True to give to peers of the same LAN alone.</summary>
    public bool LanOnly { get; set; }

    /// <summary>
    /// Bytes a second given, at most; 0 to find out by measuring what the line bears. What is found out does not hold for
    /// peers of the same LAN, unless the line's delay says that they fill it.
    /// </summary>
    public int MaxBytesPerSecond { get; set; }

    /// <summary>How that is found out.</summary>
    public UplinkOptions Uplink { get; set; } = new();

    /// <summary>
    /// True to offer the chunks held of a file that is being fetched, not wholly held files alone.
    /// </summary>
    public bool Parts { get; set; } = true;

    /// <summary>Neighbours who asked are told of new chunks of such a file once so many have come.</summary>
    public int PartStep { get; set; } = 8;

    /// <summary>Bytes given in a calendar month, at most; 0 for no budget.</summary>
    public long MonthlyBytes { get; set; }

    /// <summary>Chunks on their way at once, each to another peer; 4 (Kreitz and Niemelä 2010).</summary>
    public int Slots { get; set; } = 4;

    /// <summary>
    /// Of those, how many may be on their way to peers that take slowly, or have not shown yet that they take what they
    /// ask for: others find the rest free.
    /// </summary>
    public int SlotsForSlow { get; set; } = 3;

    /// <summary>
    /// Chunks on their way at once to peers of the same LAN, beside those in <see cref="Slots"/>: they take nothing from the
    /// line that leads out.
    /// </summary>
    public int NearSlots { get; set; } = 16;

    /// <summary>
    /// Of those, how many may be on their way to one peer that keeps them for later: how long the disk takes for each is
    /// hidden so. To others one at a time.
    /// </summary>
    public int NearSlotsPerPeer { get; set; } = 8;

    /// <summary>
    /// A peer that has taken so many bytes has shown that it reads: more than the buffers of two systems usually hold.
    /// </summary>
    public int ShownAfterBytes { get; set; } = 256 * 1024;

    /// <summary>
    /// A peer that takes no byte of what is on its way to it for so long is closed. A listener of 96 kbit/s takes a
    /// system's whole buffer in less.
    /// </summary>
    public TimeSpan StalledAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The same while the client's own line is full, by its delay, which may be why.</summary>
    public TimeSpan StalledAfterOnFullLine { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long a chunk may keep its slot while others wait, beside what the chunks of all slots need at the cap: 4 KiB
    /// a second, a third of what the least quality plays at. Then it goes on without one, and its peer counts as slow.
    /// </summary>
    public TimeSpan SlotTime { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// The longest that a chunk may take, beside what the chunks of all slots need at the cap, whoever waits: half a
    /// KiB a second is of use to nobody. Then its peer is closed as one that takes nothing.
    /// </summary>
    public TimeSpan LongestChunk { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>An account of which a peer was closed for that has one slot for so long.</summary>
    public TimeSpan StallRemembered { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Accounts remembered for that.</summary>
    public int StalledAccounts { get; set; } = 64;

    /// <summary>A peer takes slowly when so many chunks that set out after its own left before it.</summary>
    public int SlowAfter { get; set; } = 2;

    /// <summary>
    /// Requests waiting in all; beyond that the answer is busy, for the account with the most waiting first.
    /// </summary>
    public int QueueLimit { get; set; } = 128;

    /// <summary>Requests waiting for one peer; beyond that the answer is busy.</summary>
    public int QueueLimitPerPeer { get; set; } = 32;

    /// <summary>
    /// While the client's own buffer is low nothing is given, unless nothing has come for it for so long: there is
    /// nothing on the line then that could be held up, and two listeners who wait may be each other's only source. A
    /// chunk takes less on any line that plays the least quality.
    /// </summary>
    public TimeSpan OwnBufferIdle { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a refused peer is told to wait.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Files for which one peer may be served at a time: those it last asked about and that were held.
    /// </summary>
    public int FilesPerPeer { get; set; } = 4;
}
