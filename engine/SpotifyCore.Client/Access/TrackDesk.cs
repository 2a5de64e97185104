using Google.Protobuf;
using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Listening;
using SpotifyCore.Client.Shell;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sealing;
using SpotifyCore.Playback.Loudness;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Contracts;
using SpotifyCore.Swarm.Events;
using Opened = SpotifyCore.Swarm.Events.OpenedTrack;
using OpenedMessage = SpotifyCore.Rpc.Contracts.OpenedTrack;

namespace SpotifyCore.Client.Access;

/// <summary>
/// Opens tracks and finds peers for the core: from what was kept when the whole file is in the cache, else from the
/// access point. Called on the loop; asks off it, and comes back as work.
/// </summary>
internal sealed class TrackDesk(
    AccessPointLink accessPoint, KeptTracks kept, HeldFiles held, CacheDesk cache, ClientLoop loop)
{
    /// <summary>Hands events over; set once, before the first action.</summary>
    public CoreDriver Driver { private get; set; } = null!;

    /// <summary>Takes what the player needs of an opened track; set once.</summary>
    public PlayDesk Plays { private get; set; } = null!;

    /// <summary>The quality asked for.</summary>
    public int BitsPerSecond { get; set; }

    /// <summary>Opens a track for a play.</summary>
    public void Open(PlayId play, TrackId track)
    {
        var quality = BitsPerSecond;
        _ = Task.Run(() => OpenAsync(play, track, quality));
    }

    /// <summary>Asks the tracker who has a file.</summary>
    public void FindPeers(FileId file) => _ = Task.Run(() => FindPeersAsync(file));

    /// <summary>Remembers that a file is whole, and tells the tracker.</summary>
    public void AnnounceHeld(FileId file)
    {
        if (Plays.ChunksOf(file) is var chunks and > 0)
            held.Add(file, chunks);

        accessPoint.Announce(file);
    }

    /// <summary>Answers whether a file that a peer asked about is held whole.</summary>
    public void QueryHeld(ConnectionId connection, uint request, FileId file)
    {
        var answer = cache.HoldsWhole(file, held.ChunksOf(file));
        loop.Post(new RaisedEvent(Driver, ClientEvent.HeldAnswered(connection, request, file, answer)));
    }

    private async Task OpenAsync(PlayId play, TrackId track, int quality)
    {
        var own = Understand(kept.Find(track, quality), track);
        if (own is not null && cache.HoldsWhole(own.Core.Manifest.File, own.Core.Manifest.ChunkCount))
        {
            loop.Post(new PostedAction(() => Succeed(play, own)));
            return;
        }

        var failure = DeliveryFailure.None;
        try
        {
            var request = new OpenTrackRequest { Track = track.ToString(), BitsPerSecond = quality };
            var answer = await accessPoint.CallAsync(AccessPointMethods.OpenTrack, request);
            if (Understand(answer, track) is { } opened)
            {
                loop.Post(new PostedAction(() => Succeed(play, opened)));
                kept.Keep(track, quality, answer);
                return;
            }

            failure = DeliveryFailure.UnknownTrack;
        }
        catch (RpcException refused)
        {
            failure = FailureOf(refused.Code);
        }

        // Out of reach: what was kept of the track may still be played as far as peers and the cache have it.
        var fallback = failure == DeliveryFailure.AccessPointUnreachable ? own : null;
        loop.Post(new PostedAction(() =>
        {
            if (fallback is not null)
                Succeed(play, fallback);
            else
                Driver.Raise(ClientEvent.TrackOpenFailed(play, failure));
        }));
    }

    private async Task FindPeersAsync(FileId file)
    {
        NodeAddress[] peers = [];
        try
        {
            var bytes = new byte[FileId.Size];
            file.Write(bytes);
            var request = new FindPeersRequest { File = ByteString.CopyFrom(bytes) };
            var answer = await accessPoint.CallAsync(AccessPointMethods.FindPeers, request);
            peers = [.. answer.Peers.Select(peer => AddressOf(peer.Id, peer.Host, peer.Port)).OfType<NodeAddress>()];
        }
        catch (RpcException)
        {
            // Nobody is known to have it, then: the core goes on with what it has.
        }

        loop.Post(new RaisedEvent(Driver, ClientEvent.PeersFound(file, peers)));
    }

    private void Succeed(PlayId play, UnderstoodTrack opened)
    {
        Plays.Opened(play, opened);
        Driver.Raise(ClientEvent.TrackOpened(play, opened.Core));
    }

    private static UnderstoodTrack? Understand(OpenedMessage? message, TrackId track)
    {
        if (message is null
            || message.Track is null
            || message.File.Length != FileId.Size
            || message.ContentKey.Length != ContentKey.Size
            || !ManifestReader.TryRead(message.Manifest.Span, FileId.Read(message.File.Span), out var manifest)
            || manifest.Track != track)
            return null;

        var nodes = message.Nodes.Select(node => AddressOf(node.Id, node.Host, node.Port)).OfType<NodeAddress>();
        var peers = message.Peers.Select(peer => AddressOf(peer.Id, peer.Host, peer.Port)).OfType<NodeAddress>();
        var album = message.Track.Album.Length > 0
            ? new LoudnessLevel(message.AlbumGain, message.AlbumPeak)
            : LoudnessLevel.None;
        return new UnderstoodTrack(
            message.Track.ToInfo(),
            new Opened(manifest, [.. nodes], [.. peers]),
            ContentKey.Read(message.ContentKey.Span),
            album);
    }

    private static NodeAddress? AddressOf(ByteString id, string host, int port) =>
        id.Length == PeerId.Size && port is > 0 and <= 65535 && host.Length > 0
            ? new NodeAddress(PeerId.Read(id.Span), host, port)
            : null;

    private static DeliveryFailure FailureOf(RpcStatusCode status) => status switch
    {
        RpcStatusCode.NotFound => DeliveryFailure.UnknownTrack,
        RpcStatusCode.PermissionDenied or RpcStatusCode.Unauthenticated => DeliveryFailure.NotAllowed,
        _ => DeliveryFailure.AccessPointUnreachable,
    };
}
