using SpotifyCore.Backend.Tracking;

namespace SpotifyCore.Simulation;

/// <summary>What a world is like, as far as it is the same for all in it; README.md says more of each figure.</summary>
public sealed class WorldOptions
{
    /// <summary>Everything that happens follows from it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Round trip of two hosts of one region, unless set otherwise.</summary>
    public TimeSpan RoundTripWithin { get; init; } = TimeSpan.FromMilliseconds(30);

    /// <summary>Round trip of two hosts of different regions, unless set otherwise.</summary>
    public TimeSpan RoundTripBetween { get; init; } = TimeSpan.FromMilliseconds(80);

    /// <summary>Share of packets that are lost; each costs the time of its retransmission.</summary>
    public double LossShare { get; init; }

    /// <summary>What a connection may have under way.</summary>
    public WindowOptions Window { get; init; } = WindowOptions.Default;

    /// <summary>
    /// What a home router queues on its way out: a small message waits behind so much of one's uploads.
    /// </summary>
    public int ModemBytes { get; init; } = 128 * 1024;

    /// <summary>Bytes of a chunk that a client lets leave at a time: a frame of its connection.</summary>
    public int PieceBytes { get; init; } = 4 * 1024;

    /// <summary>A read or write of a client's cache.</summary>
    public TimeSpan CacheTakes { get; init; } = TimeSpan.FromMilliseconds(0.5);

    /// <summary>Opening a track out of what the client kept of it.</summary>
    public TimeSpan LocalOpenTakes { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>From the first chunk to the first PCM: decoding 200 ms of sound.</summary>
    public TimeSpan DecodeTakes { get; init; } = TimeSpan.FromMilliseconds(3);

    /// <summary>How much too soon or too late a client's timer goes off, at most.</summary>
    public TimeSpan TimersOffBy { get; init; }

    /// <summary>What a client's player says takes so long to its core, at most, for it crosses threads.</summary>
    public TimeSpan PlayerReportsTake { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Where the access point is.</summary>
    public int AccessPointRegion { get; init; }

    /// <summary>What a call keeps the access point busy.</summary>
    public TimeSpan AccessPointTakes { get; init; } = TimeSpan.FromMilliseconds(0.2);

    /// <summary>What a call takes beside that: the database.</summary>
    public TimeSpan AccessPointLatency { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>A call that got no answer by then has failed.</summary>
    public TimeSpan AccessPointTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a client that vanished still passes for online.</summary>
    public TimeSpan PresenceTimeout { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>Production nodes named to a client.</summary>
    public int NodesTold { get; init; } = 3;

    /// <summary>True when clients tell the tracker what they hold; false when it learns of players alone.</summary>
    public bool AnnouncesHeld { get; init; } = true;

    /// <summary>Tracks that are adverts, by index, of which one comes after the other; none unless set.</summary>
    public IReadOnlyList<int> Adverts { get; init; } = [];

    /// <summary>After how much music that it opened a client hears an advert, where there are any.</summary>
    public TimeSpan AdvertEvery { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The tracker's limits.</summary>
    public TrackerOptions Tracker { get; init; } = new();

    /// <summary>True to check what must always hold at every step, also where that costs time.</summary>
    public bool ChecksAll { get; init; }
}
