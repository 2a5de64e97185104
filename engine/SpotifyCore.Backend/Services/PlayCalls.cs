using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Plans;
using SpotifyCore.Backend.Searching;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using Session = SpotifyCore.Backend.Accounts.Session;

namespace SpotifyCore.Backend.Services;

/// <summary>What playing a track needs: manifest, key, peers and nodes.</summary>
internal sealed class PlayCalls(
    CatalogueReader catalogue, TrackKeys keys, TrackSources sources, PlayCounts plays, AccountPlans plans)
{
    private const int DefaultBitsPerSecond = 160_000;

    public Task<OpenedTrack> OpenTrackAsync(OpenTrackRequest request, ServerCallContext call)
    {
        var session = CallerGate.SessionOf(call);
        var reply = Open(request, session, isPlayed: true);
        if (reply.Advert is null)
            plays.Count(session.Account.Id, CatalogueCalls.ReadTrack(request.Track));

        return Task.FromResult(reply);
    }

    /// <summary>What a session's plan allows of a track; that it is played counts only as the caller has it.</summary>
    /// <param name="request">The track.</param>
    /// <param name="session">The session.</param>
    /// <param name="isPlayed">Whether it is opened to be played: then the account plays on that device alone.</param>
    public OpenedTrack Open(OpenTrackRequest request, Session session, bool isPlayed = false)
    {
        if (request.BitsPerSecond < 0)
            throw CallFailure.Of(StatusCode.InvalidArgument, "The bitrate can't be negative.");

        var bits = request.BitsPerSecond == 0 ? DefaultBitsPerSecond : request.BitsPerSecond;
        var track = CatalogueCalls.ReadTrack(request.Track);
        var plan = plans.Of(session);
        var opened = Open(track, bits, plan.Entitlement, session.Kind) ?? throw CatalogueCalls.Missing("track", request.Track);
        var reply = new OpenedTrack
        {
            Track = opened.Track, AlbumGain = opened.Album.Gain, AlbumPeak = opened.Album.Peak,
            StreamTaken = isPlayed && sources.Begin(session, request.Reason),
        };
        var file = keys.Give(reply, opened, request, session, plan);
        sources.AddTo(reply, file, session, plan.Entitlement);
        return reply;
    }

    public Task<PeerList> FindPeersAsync(FindPeersRequest request, ServerCallContext call)
    {
        if (request.File.Length != FileId.Size)
            throw CallFailure.Of(StatusCode.InvalidArgument, $"A file id has {FileId.Size} bytes.");

        var session = CallerGate.SessionOf(call);
        var reply = new PeerList();
        reply.Peers.AddRange(sources.FindPeers(FileId.Read(request.File.Span), session, plans.Of(session).Entitlement)
            ?? throw CallFailure.Of(StatusCode.PermissionDenied, PlanRefusals.OfPeers(session.Kind)));
        return Task.FromResult(reply);
    }

    private OpenableFile? Open(TrackId track, int bits, Entitlement entitlement, DeviceKind device)
    {
        if (!entitlement.IsOnDemand)
            throw CallFailure.Of(StatusCode.PermissionDenied, PlanRefusals.OfChoosing(entitlement, device));

        var opened = catalogue.Open(track, bits, entitlement.MaxBitsPerSecond);
        return opened is null || entitlement.Allows(opened.BitsPerSecond)
            ? opened
            : throw CallFailure.Of(StatusCode.PermissionDenied, PlanRefusals.OfQuality(entitlement));
    }
}
