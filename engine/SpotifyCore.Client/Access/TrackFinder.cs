using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Client.Catalogue;
using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Listening;
using SpotifyCore.Client.Offline;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sealing;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Playback.Loudness;
using Opened = SpotifyCore.Core.Events.OpenedTrack;
using OpenedMessage = SpotifyCore.Contracts.OpenedTrack;
using OpenReason = SpotifyCore.Core.Actions.OpenReason;

namespace SpotifyCore.Client.Access;

/// <summary>
/// Opens tracks: from what was kept when the whole file is in the cache, or when the access point does not answer at
/// once, else at the access point; and asks that for peers. Safe for many threads; waits for the network.
/// </summary>
/// <param name="accessPoint">The access point.</param>
/// <param name="kept">What was kept of opened tracks.</param>
/// <param name="cache">Says which files are whole.</param>
/// <param name="place">Where this client is.</param>
/// <param name="bitsPerSecond">The quality asked for.</param>
internal sealed class TrackFinder(
    AccessPointClient accessPoint, KeptTracks kept, ChunkStoreAdapter cache, OwnPlace place, int bitsPerSecond)
{
    // Of a track that is known so long for its answer: the nodes are known too.
    private static readonly TimeSpan KnownTimeout = TimeSpan.FromSeconds(1);

    // It may well be less by then: who waits asks again.
    private const long LongestWaitMs = 60_000;

    /// <summary>Whether peers are asked of; else the client fetches from nodes alone.</summary>
    public bool UsesPeers { get; init; } = true;

    /// <summary>What is kept offline.</summary>
    public required OfflineLibrary Offline { get; init; }

    /// <summary>The quality asked for.</summary>
    public int BitsPerSecond => bitsPerSecond;

    /// <summary>True when a track can be played from the cache alone; reads a file.</summary>
    public bool IsHeld(TrackId track) => IsHeld(FindKept(track));

    /// <summary>Opens a track; what the access point says of it is kept after the answer was given.</summary>
    /// <param name="opening">The track, and why it is opened.</param>
    /// <param name="answer">Given the track, what comes before it, or why there is none.</param>
    public async Task OpenAsync(OpenTrack opening, Action<OpenAnswer> answer)
    {
        var track = opening.Track;
        var own = FindKept(track);
        var isAnswered = IsHeld(own) && !own!.IsAskedEachTime;
        if (isAnswered)
            answer(new OpenAnswer(own, OpenRefusal.None));
        if (isAnswered && !own!.IsBelowWanted)
            return;

        // What is held is played at once, and where there may be a better file by now, that the next time.
        var asking = AskAsync(isAnswered ? opening with { Reason = OpenReason.Paused } : opening);
        if (!isAnswered && own is not null && !await EndsWithinAsync(asking, KnownTimeout))
        {
            answer(new OpenAnswer(own, OpenRefusal.None));
            isAnswered = true;
        }

        var (message, refusal) = await asking;
        if (message?.Advert is { } due)
        {
            if (!isAnswered)
                answer(OpenAnswer.Before(Understand(message, due)) with { IsStreamTaken = message.StreamTaken });

            return;
        }

        var opened = Understand(message, track);
        if (message is not null && opened is null)
            refusal = new OpenRefusal(DeliveryFailure.UnknownTrack);

        // Out of reach: what was kept of the track may still be played as far as peers and the cache have it.
        if (refusal.Failure == DeliveryFailure.AccessPointUnreachable
            && own is null && Offline.RefusalOf(track) is { Length: > 0 } reason)
            refusal = OpenRefusal.OfRight(reason);
        if (!isAnswered)
        {
            answer(new OpenAnswer(refusal.Failure == DeliveryFailure.AccessPointUnreachable ? own : opened, refusal)
            {
                IsStreamTaken = message?.StreamTaken == true,
            });
        }

        if (message is not null && opened is not null)
            kept.Keep(track, bitsPerSecond, message);
    }

    /// <summary>Who has a file; nobody when the access point can't say.</summary>
    public async Task<PeerAddress[]> FindPeersAsync(FileId file)
    {
        if (!UsesPeers)
            return [];

        try
        {
            var request = new FindPeersRequest { File = ByteString.CopyFrom(file.Bits.ToArray()) };
            var answer = await accessPoint.CallAsync((calls, options) => calls.FindPeersAsync(request, options));
            return WireAddresses.Of(answer.Peers, place);
        }
        catch (Exception failure) when (failure is RpcException or ObjectDisposedException)
        {
            // Nobody is known to have it, then: the core goes on with what it has.
            return [];
        }
    }

    private async Task<bool> EndsWithinAsync(Task asking, TimeSpan timeout)
    {
        using var over = new CancellationTokenSource();
        var isEnded = await Task.WhenAny(asking, Task.Delay(timeout, accessPoint.Time, over.Token)) == asking;
        await over.CancelAsync();
        return isEnded;
    }

    // Where the clock was set back, nobody can tell whether what was kept may be used still.
    private UnderstoodTrack? FindKept(TrackId track) => Understand(
        Offline.Find(track) ?? (Offline.Right.IsClockSound() ? kept.Find(track, bitsPerSecond) : null), track);

    private bool IsHeld(UnderstoodTrack? own) =>
        own is not null && cache.HoldsWhole(own.Core.Manifest.File, own.Core.Manifest.ChunkCount);

    private async Task<(OpenedMessage? Message, OpenRefusal Refusal)> AskAsync(OpenTrack opening)
    {
        try
        {
            var request = new OpenTrackRequest
            {
                Track = opening.Track.ToString(), BitsPerSecond = bitsPerSecond, Advert = EndOf(opening.LastAdvert),
                Reason = ReasonOf(opening.Reason),
            };
            return (await accessPoint.OpenTrackAsync(request), OpenRefusal.None);
        }
        catch (RpcException refused)
        {
            return (null, OpenRefusal.Of(refused));
        }
        catch (ObjectDisposedException)
        {
            return (null, new OpenRefusal(DeliveryFailure.AccessPointUnreachable));
        }
    }

    /// <summary>What the access point's words mean; null where they are not what was asked for.</summary>
    public UnderstoodTrack? Understand(OpenedMessage? message, TrackId track)
    {
        if (message is null
            || message.Track?.Track_ != track.ToString()
            || message.File.Length != FileId.Size
            || message.ContentKey.Length != ContentKey.Size
            || !ManifestReader.TryRead(message.Manifest.Span, FileId.Read(message.File.Span), out var manifest))
            return null;

        var album = message.Track.Album.Length > 0
            ? new LoudnessLevel(message.AlbumGain, message.AlbumPeak)
            : LoudnessLevel.None;
        return new UnderstoodTrack(
            message.Track.ToInfo(),
            new Opened(manifest, WireAddresses.Of(message.Nodes), WireAddresses.Of(message.Peers, place)),
            ContentKey.Read(message.ContentKey.Span),
            album)
        {
            IsBelowWanted = IsBelowWanted(message.Track, manifest.BitsPerSecond),
            IsAskedEachTime = message.AskEachTime,
        };
    }

    private UnderstoodAdvert? Understand(OpenedMessage message, DueAdvert due)
    {
        if (!TrackId.TryParse(due.Recording, out var recording)
            || due.Impression.Length != ImpressionId.Size
            || due.File.Length != FileId.Size
            || due.ContentKey.Length != ContentKey.Size
            || !ManifestReader.TryRead(due.Manifest.Span, FileId.Read(due.File.Span), out var manifest))
            return null;

        var described = TrackInfo.Unknown(recording) with
        {
            Title = PlainText.Of(due.Title),
            Artists = [PlainText.Of(due.Campaign)],
            Duration = TimeSpan.FromMilliseconds(due.DurationMs),
        };
        var core = new Opened(manifest, WireAddresses.Of(message.Nodes), WireAddresses.Of(message.Peers, place));
        return new UnderstoodAdvert(
            ImpressionId.Read(due.Impression.Span),
            new UnderstoodTrack(described, core, ContentKey.Read(due.ContentKey.Span), LoudnessLevel.None),
            TimeSpan.FromMilliseconds(Math.Clamp(due.WaitMs, 0, LongestWaitMs)));
    }

    private static Contracts.OpenReason ReasonOf(OpenReason reason) => reason switch
    {
        OpenReason.Wanted => Contracts.OpenReason.Wanted,
        OpenReason.Paused => Contracts.OpenReason.Paused,
        _ => Contracts.OpenReason.GoesOn,
    };

    private static AdvertEnd? EndOf(AdvertOutcome last) => last == AdvertOutcome.None
        ? null
        : new AdvertEnd { Impression = ByteString.CopyFrom(last.Impression.Bits.ToArray()), Failed = last.IsFailed };

    private bool IsBelowWanted(Track track, int given) => track.BitsPerSecond.Any(
        bits => bits > given && Math.Abs(bits - bitsPerSecond) < Math.Abs(given - bitsPerSecond));
}
