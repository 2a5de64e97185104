using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Downloads;

/// <summary>The fetching of one play's file. Owned by the core's loop.</summary>
/// <param name="play">The play it is for.</param>
/// <param name="manifest">The file.</param>
/// <param name="now">When it was opened.</param>
internal sealed class Download(PlayId play, Manifest manifest, Instant now)
{
    // Since when something is asked for, and for how long something was before that.
    private Instant _askedSince = Instant.Never;
    private TimeSpan _asked;

    private int _requests;

    /// <summary>The play it is for.</summary>
    public PlayId Play { get; } = play;

    /// <summary>The file's manifest.</summary>
    public Manifest Manifest { get; } = manifest;

    /// <summary>The file.</summary>
    public FileId File => Manifest.File;

    /// <summary>Where its chunks stand.</summary>
    public ChunkMap Map { get; } = new(manifest.ChunkCount);

    /// <summary>What was used for it.</summary>
    public PlayStatistics Statistics { get; } = new();

    /// <summary>When it was opened.</summary>
    public Instant OpenedAt { get; } = now;

    /// <summary>What waits for it.</summary>
    public RequestPriority Priority { get; set; }

    /// <summary>Where its playback stands.</summary>
    public PlaybackPoint Point { get; set; }

    /// <summary>True once it was let sound.</summary>
    public bool Sounds { get; set; }

    /// <summary>True when peers may be asked for it.</summary>
    public bool MayAskPeers { get; set; }

    /// <summary>True when production may be asked for it.</summary>
    public bool MayAskProduction { get; set; }

    /// <summary>No chunk at or beyond this one is fetched: moves with the feed when the cache takes nothing.</summary>
    public uint Horizon { get; set; } = uint.MaxValue;

    /// <summary>When the last chunk arrived, from anywhere.</summary>
    public Instant LastProgress { get; private set; } = now;

    /// <summary>
    /// Since when the first chunk that has not arrived is what is needed next: others may have come meanwhile.
    /// </summary>
    public Instant NeededSince { get; private set; } = now;

    /// <summary>Bytes that arrived since the first was asked for.</summary>
    public long ArrivedBytes { get; private set; }

    /// <summary>When the tracker was last asked.</summary>
    public Instant SearchedAt { get; set; } = now;

    /// <summary>When all neighbours were last asked whether they hold it.</summary>
    public Instant NeighboursAskedAt { get; set; } = now;

    /// <summary>The first chunk at or after the playback point that has not arrived.</summary>
    public uint Frontier => Map.NextAbsent(Point.Chunk);

    /// <summary>Music between the playback point and the first chunk that has not arrived.</summary>
    public TimeSpan Ahead(Instant at) => Point.Ahead(Manifest, Frontier, at);

    /// <summary>Time until a chunk is needed.</summary>
    public TimeSpan Until(uint chunk, Instant at) => Point.Until(Manifest, chunk, at);

    /// <summary>
    /// Bytes a second at which its chunks have come so far, while any were asked for; waiting for the first included.
    /// </summary>
    public double ArrivalRate(Instant at)
    {
        var asked = _asked + (_requests > 0 ? at - _askedSince : TimeSpan.Zero);
        return ArrivedBytes == 0 ? 0 : ArrivedBytes / Math.Max(0.001, asked.TotalSeconds);
    }

    /// <summary>A request was made.</summary>
    public void NoteAsked(Instant at)
    {
        if (_requests++ == 0)
            _askedSince = at;
    }

    /// <summary>A request is over.</summary>
    public void NoteEnded(Instant at)
    {
        if (--_requests == 0)
            _asked += at - _askedSince;
    }

    /// <summary>A verified chunk arrived, of which the map does not know yet.</summary>
    public void NoteArrived(uint chunk, int bytes, Instant at)
    {
        ArrivedBytes += bytes;
        LastProgress = at;
        if (chunk == Frontier)
            NeededSince = at;
    }

    /// <summary>Something began anew (a seek, the first sound): patience counts from here.</summary>
    public void NoteRestart(Instant at) => (LastProgress, NeededSince) = (at, at);
}
