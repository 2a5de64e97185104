using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Downloads;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Core.Delivery;

/// <summary>One track that is being fetched to be kept offline.</summary>
/// <param name="id">Names it.</param>
/// <param name="track">The track.</param>
internal sealed class Keeping(PlayId id, TrackId track)
{
    public PlayId Id { get; } = id;

    public TrackId Track { get; } = track;

    /// <summary>Its file; null before it is open.</summary>
    public Download? Download { get; private set; }

    /// <summary>True while the whole file is being made durable.</summary>
    public bool IsEnding { get; set; }

    /// <summary>Since when it has been waited for in vain, if nothing has come since.</summary>
    public Instant WaitsSince { get; set; }

    /// <summary>True while chunks are missing of which nobody was asked.</summary>
    public bool IsMissing => Download is not { } download || download.Map.NextMissing(0) < download.Map.Count;

    /// <summary>It is not its turn: that nothing comes of it is nobody's fault.</summary>
    public void Wait(Instant now)
    {
        WaitsSince = now;
        Download?.NoteRestart(now);
    }

    public void Open(OpenedTrack opened, ReadOnlySpan<ulong> present, Instant now)
    {
        Download = new Download(Id, opened.Manifest, now)
        {
            Priority = RequestPriority.OfflineSync,
            Point = new PlaybackPoint(0, 0, now, PlaybackPace.Unpaced, TimeSpan.Zero),
            MayAskPeers = true,
            MayAskProduction = true,
        };
        Download.Map.AddPresent(present);
        WaitsSince = now;
    }
}
