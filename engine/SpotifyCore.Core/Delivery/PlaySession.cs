using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Buffering;
using SpotifyCore.Core.Downloads;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Delivery;

/// <summary>One play, current or next: what is known of its track and how far it has come.</summary>
/// <param name="play">The play.</param>
/// <param name="track">Its track.</param>
/// <param name="paced">True when its output takes samples at the pace they sound.</param>
internal sealed class PlaySession(PlayId play, TrackId track, bool paced)
{
    /// <summary>True when it ends what sounds before it; false when it follows once that was heard.</summary>
    public bool Cuts { get; set; }

    /// <summary>True once the player has it.</summary>
    public bool IsLoaded { get; set; }

    /// <summary>Why it ends before its end.</summary>
    public DeliveryFailure Failure { get; set; }

    public PlayId Play { get; } = play;

    public TrackId Track { get; } = track;

    public bool IsPaced { get; } = paced;

    /// <summary>True for an advert.</summary>
    public bool IsAdvert { get; init; }

    /// <summary>True once the access point was asked for the track.</summary>
    public bool IsAsked { get; set; }

    /// <summary>When it is to be asked for the track once more; <see cref="Instant.Never"/> for not at all.</summary>
    public Instant AskAt { get; set; } = Instant.Never;

    /// <summary>True once the cache said what it holds: nothing is fetched before.</summary>
    public bool IsReady { get; set; }

    /// <summary>True while peers are yet to be looked for.</summary>
    public bool MustSearch { get; set; }

    public bool IsPaused { get; set; }

    /// <summary>True once the whole file was announced as held.</summary>
    public bool IsAnnounced { get; set; }

    /// <summary>Where a listener wants to be before the track is open; -1 for nowhere.</summary>
    public long PendingSeek { get; set; } = -1;

    /// <summary>Since when the player has waited for a chunk; <see cref="Instant.Never"/> while it has one.</summary>
    public Instant DrySince { get; set; } = Instant.Never;

    /// <summary>True while it does.</summary>
    public bool IsDry => DrySince != Instant.Never;

    /// <summary>Whom the tracker named with the track.</summary>
    public PeerAddress[] Named { get; set; } = [];

    /// <summary>Reads of the cache under way.</summary>
    public int Reads { get; set; }

    public Download? Download { get; private set; }

    public PlaybackBuffer? Buffer { get; private set; }

    /// <summary>True once the core let it sound.</summary>
    public bool Sounds => Download is { Sounds: true };

    public void Open(OpenedTrack opened, int window, Instant now)
    {
        Download = new Download(Play, opened.Manifest, now);
        Buffer = new PlaybackBuffer(opened.Manifest, window);
        SetPoint(now, TimeSpan.Zero);
    }

    /// <summary>Tells the download where playback stands now.</summary>
    public void SetPoint(Instant now, TimeSpan startsIn)
    {
        if (Download is null || Buffer is null)
            return;

        var pace = !Download.Sounds || IsPaused || startsIn > TimeSpan.Zero ? PlaybackPace.Still
            : IsPaced ? PlaybackPace.Running : PlaybackPace.Unpaced;
        Download.Point = new PlaybackPoint(Buffer.Next, Buffer.Sample, now, pace, startsIn);
    }
}
