using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Neighbours;

/// <summary>One connection to a peer or node, as the core sees it. Owned by the core's loop.</summary>
/// <param name="connection">Its number.</param>
/// <param name="isNode">True for a production node.</param>
/// <param name="address">Where it leads; the default for an accepted one.</param>
/// <param name="speed">What is assumed of its speed.</param>
/// <param name="now">When it was asked for or accepted.</param>
internal sealed class Link(ConnectionId connection, bool isNode, NodeAddress address, PeerSpeed speed, Instant now)
{
    /// <summary>How fast it has sent.</summary>
    public PeerSpeed Speed = speed;

    /// <summary>What its peer holds.</summary>
    public Holdings Holdings;

    private static readonly TimeSpan UseHalfLife = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan CancelPause = TimeSpan.FromMilliseconds(250);

    private double _use;
    private Instant _usedAt = now;
    private Instant _silentAt;
    private uint _requests;
    private uint _requestsAtCancel;
    private int _cancelled;

    /// <summary>Its number.</summary>
    public ConnectionId Connection { get; } = connection;

    /// <summary>True for a production node.</summary>
    public bool IsNode { get; } = isNode;

    /// <summary>Where it leads; the default for one that was accepted.</summary>
    public NodeAddress Address { get; } = address;

    /// <summary>When it was asked for or accepted.</summary>
    public Instant Since { get; } = now;

    /// <summary>Whose key it proved, or must prove; null where it proves none.</summary>
    public PeerId? Remote { get; set; } = address.Id;

    /// <summary>Stands for the account of its peer; 0 where nothing says which.</summary>
    public UInt128 Account { get; set; }

    /// <summary>Where an accepted one was seen, with its listen port; else the default.</summary>
    public NodeAddress Seen { get; set; }

    /// <summary>The version of the protocol that it speaks.</summary>
    public ushort Version { get; set; }

    /// <summary>True for a peer of the same LAN.</summary>
    public bool IsLocal { get; set; }

    /// <summary>True where the connection does not leave the LAN.</summary>
    public bool IsNear { get; set; }

    /// <summary>The file that it was connected for.</summary>
    public FileId WantedFor { get; set; }

    /// <summary>True once it took too long to come up for waiting on it alone.</summary>
    public bool IsLate { get; set; }

    /// <summary>True once its peer was asked to connect to this client.</summary>
    public bool IsReverseAsked { get; set; }

    /// <summary>What its account may search; null before it has.</summary>
    public SearchAllowance? Searches { get; set; }

    /// <summary>How far it has come.</summary>
    public LinkState State { get; set; }

    /// <summary>Requests in flight that the remote peer takes.</summary>
    public int RequestLimit { get; set; }

    /// <summary>Requests for chunks in flight.</summary>
    public int OutstandingRequests { get; private set; }

    /// <summary>Bytes asked for and not received.</summary>
    public int OutstandingBytes { get; private set; }

    /// <summary>When it last sent a chunk, or was first asked after having nothing to send.</summary>
    public Instant LastProgress { get; private set; } = now;

    /// <summary>When anything was last exchanged.</summary>
    public Instant LastUsed { get; set; } = now;

    /// <summary>Not to be asked for chunks before.</summary>
    public Instant PausedUntil { get; set; }

    /// <summary>Times it was asked and stayed silent, since it last sent a chunk.</summary>
    public int Silences { get; private set; }

    /// <summary>When it was silent last, since it last sent a chunk; long ago for not at all.</summary>
    public Instant LastSilence => Silences == 0 ? default : _silentAt;

    /// <summary>Since when it has sent nothing of what it was asked for, or was taken for silent.</summary>
    public Instant QuietSince => Instant.Max(LastProgress, _silentAt);

    /// <summary>Times in a row that it refused for being busy, since it last sent a chunk.</summary>
    public int Refusals { get; private set; }

    /// <summary>True when it did as it was asked, the last time it was.</summary>
    public bool IsReliable => Silences == 0 && Refusals < 2;

    /// <summary>Verified bytes it gave.</summary>
    public long Received { get; private set; }

    /// <summary>Bytes it was given.</summary>
    public long Given { get; private set; }

    /// <summary>True when others took what they were given sooner, the last time it was given something.</summary>
    public bool TakesSlowly { get; set; }

    /// <summary>What it asked for last, of what it was given.</summary>
    public RequestPriority GivenFor { get; private set; }

    /// <summary>Where others may reach its peer; null when nobody knows.</summary>
    public NodeAddress? Reach => Address.Id is not null ? Address : Seen.Id is not null ? Seen : null;

    /// <summary>True when it can be asked for chunks now.</summary>
    public bool IsUsable(Instant now) =>
        State == LinkState.Open && now >= PausedUntil && OutstandingRequests + _cancelled < RequestLimit;

    /// <summary>A number for a new request on this connection.</summary>
    public uint NextRequest() => ++_requests == 0 ? ++_requests : _requests;

    /// <summary>
    /// Bytes that it gave and took, those of long ago counting less: half as much after each quarter of an hour, some
    /// four tracks.
    /// </summary>
    public double UseAt(Instant now) => _use * Math.Pow(2, -(now - _usedAt).TotalSeconds / UseHalfLife.TotalSeconds);

    /// <summary>It was given bytes.</summary>
    public void Give(int bytes, RequestPriority priority, Instant now)
    {
        Given += bytes;
        GivenFor = priority;
        Use(bytes, now);
    }

    /// <summary>It was asked for chunks.</summary>
    public void Ask(int bytes, Instant now)
    {
        if (OutstandingBytes == 0)
        {
            LastProgress = now;
            Speed.Begin(now);
        }

        OutstandingRequests++;
        OutstandingBytes += bytes;
        LastUsed = now;
    }

    /// <summary>It refused for being busy: it is left alone, twice as long each time it goes on refusing.</summary>
    public void Refuse(TimeSpan pause, TimeSpan longest, Instant now)
    {
        // No jitter: the peer that is busy names the pause, and each whom it refuses counts from its own refusal.
        PausedUntil = now + Backoff.Bound(pause, longest, Refusals);
        Refusals++;
    }

    /// <summary>It was asked and sent nothing for long: it passes for half as fast, and is waited for anew.</summary>
    public void NoteSilence(Instant now)
    {
        Silences++;
        Speed.Halve();
        _silentAt = now;
    }

    /// <summary>It sent a chunk that it was asked for under a number.</summary>
    public void Receive(uint request, int bytes, Instant now)
    {
        // What was asked after a cancel is answered: the remote peer has read the cancel and ended that request.
        if (request > _requestsAtCancel)
            _cancelled = 0;

        Silences = 0;
        Refusals = 0;
        OutstandingBytes -= bytes;
        Received += bytes;
        Use(bytes, now);
        LastProgress = now;
        LastUsed = now;
        Speed.Add(bytes, now, OutstandingBytes == 0);
    }

    /// <summary>A request is over, with so many bytes of it not received.</summary>
    /// <param name="bytesLeft">What is not waited for any more.</param>
    /// <param name="cancelled">True when it was given up: it takes room at the remote peer until that has ended
    /// it.</param>
    /// <param name="now">The time.</param>
    public void End(int bytesLeft, bool cancelled, Instant now)
    {
        if (cancelled)
            (_cancelled, _requestsAtCancel) = (_cancelled + 1, _requests);

        // A storm of cancels filled the remote peer up, and no answer will tell when it has read them.
        if (cancelled && _cancelled >= RequestLimit)
        {
            _cancelled = 0;
            PausedUntil = now + CancelPause > PausedUntil ? now + CancelPause : PausedUntil;
        }

        OutstandingRequests--;
        OutstandingBytes -= bytesLeft;
    }

    private void Use(int bytes, Instant now)
    {
        _use = UseAt(now) + bytes;
        _usedAt = now;
    }
}
