using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Listening;
using SpotifyCore.Client.Shell;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sealing;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Playback.Loudness;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Swarm.Neighbours;
using Opened = SpotifyCore.Swarm.Events.OpenedTrack;
using OpenedMessage = SpotifyCore.Contracts.OpenedTrack;

namespace SpotifyCore.Client.Access;

/// <summary>
/// Opens tracks and finds peers for the core: from what was kept when the whole file is in the cache, else from the
/// access point. Called on the loop; asks off it, and comes back as work.
/// </summary>
internal sealed class TrackDesk(
    AccessPointLink accessPoint, KeptTracks kept, HeldFiles held, CacheDesk cache, ShellGround ground)
{
    private UnderstoodTrack? _prepared;

    /// <summary>Hands events over; set once, before the first action.</summary>
    public CoreDriver Driver { private get; set; } = null!;

    /// <summary>Takes what the player needs of an opened track; set once.</summary>
    public PlayerDesk Plays { private get; set; } = null!;

    /// <summary>Where this client is; set once.</summary>
    public OwnPlace Place { private get; set; } = null!;

    /// <summary>The quality asked for.</summary>
    public int BitsPerSecond { get; set; }

    /// <summary>True when a track can be played from the cache alone; reads a file.</summary>
    public bool IsHeld(TrackId track) => Understand(kept.Find(track, BitsPerSecond), track) is { } own
        && cache.HoldsWhole(own.Core.Manifest.File, own.Core.Manifest.ChunkCount);

    /// <summary>Opens a track for a play.</summary>
    public void Open(PlayId play, TrackId track)
    {
        var (quality, prepared) = (BitsPerSecond, _prepared);
        _prepared = null;
        if (prepared?.Core.Manifest.Track == track)
            ground.Loop.Post(new PostedAction(() => Succeed(play, prepared)));
        else
            ground.Background.Run(() => OpenAsync(play, track, quality));
    }

    /// <summary>
    /// Opens a track that is to be played next by a click, so that what plays is left alone if it can't be. From any
    /// thread.
    /// </summary>
    /// <returns>What <see cref="Keep"/> takes, or why there is nothing.</returns>
    public Task<(UnderstoodTrack? Opened, DeliveryFailure Failure)> PrepareAsync(TrackId track) =>
        Task.Run(() => FindAsync(track, BitsPerSecond));

    /// <summary>Keeps what was opened for <see cref="Open"/>.</summary>
    /// <exception cref="PlaybackException">It can't be opened.</exception>
    public void Keep((UnderstoodTrack? Opened, DeliveryFailure Failure) prepared) =>
        _prepared = prepared.Opened ?? throw new PlaybackException(PlayProblems.Text(prepared.Failure));

    /// <summary>Asks the tracker who has a file.</summary>
    public void FindPeers(FileId file) => ground.Background.Run(() => FindPeersAsync(file));

    /// <summary>Remembers that a file is whole, and tells the tracker.</summary>
    public void AnnounceHeld(FileId file)
    {
        accessPoint.Announce(file);
        try
        {
            if (Plays.ChunksOf(file) is var chunks and > 0)
                held.Add(file, chunks);
        }
        catch (IOException failure)
        {
            ClientLog.HeldFailed(ground.Logger, failure.Message);
        }
    }

    /// <summary>Tells the tracker, once somebody has logged in, which files are held whole.</summary>
    public void AnnounceAll()
    {
        var latest = held.Latest(SessionStream.Remembered);
        ground.Background.Run(() =>
        {
            foreach (var (file, chunks) in latest)
            {
                if (cache.HoldsWhole(file, chunks))
                    accessPoint.Announce(file);
            }

            return Task.CompletedTask;
        });
    }

    /// <summary>Answers whether a file that a peer asked about is held whole.</summary>
    public void QueryHeld(ConnectionId connection, uint request, FileId file)
    {
        var answer = cache.HoldsWhole(file, held.ChunksOf(file));
        ground.Loop.Post(new RaisedEvent(Driver, ClientEvent.HeldAnswered(connection, request, file, answer)));
    }

    private async Task OpenAsync(PlayId play, TrackId track, int quality)
    {
        var (opened, failure) = await FindAsync(track, quality);
        ground.Loop.Post(new PostedAction(() =>
        {
            if (opened is not null)
                Succeed(play, opened);
            else
                Driver.Raise(ClientEvent.TrackOpenFailed(play, failure));
        }));
    }

    private async Task<(UnderstoodTrack? Opened, DeliveryFailure Failure)> FindAsync(TrackId track, int quality)
    {
        var own = Understand(kept.Find(track, quality), track);
        if (own is not null && cache.HoldsWhole(own.Core.Manifest.File, own.Core.Manifest.ChunkCount))
            return (own, DeliveryFailure.None);

        var (opened, failure) = await AskAsync(track, quality);

        // Out of reach: what was kept of the track may still be played as far as peers and the cache have it.
        return (failure == DeliveryFailure.AccessPointUnreachable ? own : opened, failure);
    }

    /// <summary>Opens a track at the access point, and keeps the answer.</summary>
    private async Task<(UnderstoodTrack? Opened, DeliveryFailure Failure)> AskAsync(TrackId track, int quality)
    {
        try
        {
            var request = new OpenTrackRequest { Track = track.ToString(), BitsPerSecond = quality };
            var answer = await accessPoint.CallAsync((calls, options) => calls.OpenTrackAsync(request, options));
            if (Understand(answer, track) is not { } opened)
                return (null, DeliveryFailure.UnknownTrack);

            ground.Background.Run(() =>
            {
                kept.Keep(track, quality, answer);
                return Task.CompletedTask;
            });
            return (opened, DeliveryFailure.None);
        }
        catch (RpcException refused)
        {
            return (null, FailureOf(refused.StatusCode));
        }
        catch (ObjectDisposedException)
        {
            return (null, DeliveryFailure.AccessPointUnreachable);
        }
    }

    private async Task FindPeersAsync(FileId file)
    {
        PeerAddress[] peers = [];
        try
        {
            var bytes = new byte[FileId.Size];
            file.Write(bytes);
            var request = new FindPeersRequest { File = ByteString.CopyFrom(bytes) };
            var answer = await accessPoint.CallAsync((calls, options) => calls.FindPeersAsync(request, options));
            peers = WireAddresses.Of(answer.Peers, Place);
        }
        catch (Exception failure) when (failure is RpcException or ObjectDisposedException)
        {
            // Nobody is known to have it, then: the core goes on with what it has.
        }

        ground.Loop.Post(new RaisedEvent(Driver, ClientEvent.PeersFound(file, peers)));
    }

    private void Succeed(PlayId play, UnderstoodTrack opened)
    {
        Plays.Opened(play, opened);
        Driver.Raise(ClientEvent.TrackOpened(play, opened.Core));
    }

    private UnderstoodTrack? Understand(OpenedMessage? message, TrackId track)
    {
        if (message is null
            || message.Track is null
            || message.File.Length != FileId.Size
            || message.ContentKey.Length != ContentKey.Size
            || !ManifestReader.TryRead(message.Manifest.Span, FileId.Read(message.File.Span), out var manifest)
            || manifest.Track != track)
            return null;

        var album = message.Track.Album.Length > 0
            ? new LoudnessLevel(message.AlbumGain, message.AlbumPeak)
            : LoudnessLevel.None;
        return new UnderstoodTrack(
            message.Track.ToInfo(),
            new Opened(manifest, WireAddresses.Of(message.Nodes), WireAddresses.Of(message.Peers, Place)),
            ContentKey.Read(message.ContentKey.Span),
            album);
    }

    private static DeliveryFailure FailureOf(StatusCode status) => status switch
    {
        StatusCode.NotFound => DeliveryFailure.UnknownTrack,
        StatusCode.PermissionDenied => DeliveryFailure.NotAllowed,
        StatusCode.Unauthenticated => DeliveryFailure.NotLoggedIn,
        _ => DeliveryFailure.AccessPointUnreachable,
    };
}
