using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Keys;
using SpotifyCore.Backend.Searching;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Backend.Services;

/// <summary>What playing a track needs: manifest, key, peers and nodes.</summary>
internal sealed class PlayCalls(
    CatalogueReader catalogue, ContentKeys keys, PeerDirectory peers, NodeDirectory nodes, PlayCounts plays)
{
    private const int DefaultBitsPerSecond = 160_000;

    public Task<OpenedTrack> OpenTrackAsync(OpenTrackRequest request, ServerCallContext call)
    {
        if (request.BitsPerSecond < 0)
            throw CallFailure.Of(StatusCode.InvalidArgument, "The bitrate can't be negative.");

        var bits = request.BitsPerSecond == 0 ? DefaultBitsPerSecond : request.BitsPerSecond;
        var track = CatalogueCalls.ReadTrack(request.Track);
        var opened = catalogue.Open(track, bits)
            ?? throw CatalogueCalls.Missing("track", request.Track);
        var file = FileId.Read(opened.File);
        var session = CallerGate.SessionOf(call);
        var listener = session.Peer;
        var key = keys.Derive(opened.PlaintextHash);
        var reply = new OpenedTrack
        {
            Track = opened.Track,
            File = ByteString.CopyFrom(opened.File),
            Manifest = ByteString.CopyFrom(opened.Manifest),
            ContentKey = ByteString.CopyFrom(key),
            AlbumGain = opened.Album.Gain,
            AlbumPeak = opened.Album.Peak,
        };
        reply.Peers.AddRange(peers.Find(file, listener));
        reply.Nodes.AddRange(nodes.StorageFor(peers.SiteOf(listener)));
        peers.Played(listener, file);
        plays.Count(session.Account.Id, track);
        return Task.FromResult(reply);
    }

    public Task<PeerList> FindPeersAsync(FindPeersRequest request, ServerCallContext call)
    {
        if (request.File.Length != FileId.Size)
            throw CallFailure.Of(StatusCode.InvalidArgument, $"A file id has {FileId.Size} bytes.");

        var reply = new PeerList();
        reply.Peers.AddRange(peers.Find(FileId.Read(request.File.Span), CallerGate.SessionOf(call).Peer));
        return Task.FromResult(reply);
    }
}
