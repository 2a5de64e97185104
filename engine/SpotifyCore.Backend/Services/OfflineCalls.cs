using Grpc.Core;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Offline;
using SpotifyCore.Backend.Plans;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using Session = SpotifyCore.Backend.Accounts.Session;

namespace SpotifyCore.Backend.Services;

/// <summary>What a device keeps for times without a network, and what its files need.</summary>
internal sealed class OfflineCalls(
    OfflineStore store, AccountPlans plans, CatalogueReader catalogue, PlayCalls play, TimeProvider time)
{
    private const int MaxAtOnce = 1_000;

    public Task<OfflineRight> KeepAsync(KeepTracksRequest request, ServerCallContext call)
    {
        var session = CallerGate.SessionOf(call);
        var until = RightOf(session);
        var tracks = Read(request.Tracks);
        if (tracks.Length == 0)
            throw CallFailure.Of(StatusCode.InvalidArgument, "No track is named.");

        var missing = tracks.Except(
            catalogue.FindTracks(tracks).Select(static track => track.Track_), StringComparer.Ordinal).ToArray();
        if (missing.Length > 0)
            throw CatalogueCalls.Missing("track", missing[0]);

        return store.Keep(session, tracks) switch
        {
            KeepOutcome.TooManyDevices => throw CallFailure.Of(StatusCode.ResourceExhausted, DevicesRefusal(session)),
            KeepOutcome.TooManyTracks => throw CallFailure.Of(
                StatusCode.ResourceExhausted,
                $"A device keeps {OfflineStore.MaxTracks:N0} tracks at most; this one has {store.CountTracks(session):N0}."),
            _ => Task.FromResult(MessageOf(until, store.CountTracks(session))),
        };
    }

    public Task<GiveUpTracksReply> GiveUpAsync(GiveUpTracksRequest request, ServerCallContext call) =>
        Task.FromResult(new GiveUpTracksReply
        {
            Tracks = store.GiveUp(CallerGate.SessionOf(call), Read(request.Tracks)),
        });

    public Task<OpenedTrack> OpenAsync(OpenKeptTrackRequest request, ServerCallContext call)
    {
        var session = CallerGate.SessionOf(call);
        var until = RightOf(session);
        if (!store.Keeps(session, CatalogueCalls.ReadTrack(request.Track)))
            throw CallFailure.Of(StatusCode.FailedPrecondition, "This device does not keep the track offline.");

        var opened = play.Open(new OpenTrackRequest { Track = request.Track, BitsPerSecond = request.BitsPerSecond }, session);
        opened.KeyUntilUnixMs = until.ToUnixTimeMilliseconds();
        return Task.FromResult(opened);
    }

    public Task<OfflineRenewal> RenewAsync(ServerCallContext call)
    {
        var session = CallerGate.SessionOf(call);
        var until = RightOf(session);
        var tracks = store.Renew(session)
            ?? throw CallFailure.Of(StatusCode.FailedPrecondition, "This device keeps nothing offline for the account.");
        var renewal = new OfflineRenewal { Right = MessageOf(until, tracks.Count) };
        renewal.Tracks.AddRange(tracks);
        return Task.FromResult(renewal);
    }

    /// <summary>Until when the device may play what it keeps, if it is not in touch again.</summary>
    private DateTimeOffset RightOf(Session session)
    {
        var plan = plans.Of(session);
        if (!plan.Entitlement.KeepsOffline)
            throw CallFailure.Of(StatusCode.PermissionDenied, PlanRefusals.OfKeeping(plan.Entitlement, session.Kind));

        var (longest, lapse) = (
            time.GetUtcNow() + OfflineStore.RightHolds, plan.HoldsUntil(static entitlement => entitlement.KeepsOffline));
        return lapse < longest ? lapse : longest;
    }

    private OfflineRight MessageOf(DateTimeOffset until, int tracks) => new()
    {
        UntilUnixMs = until.ToUnixTimeMilliseconds(),
        NowUnixMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
        Tracks = tracks,
        MaxTracks = OfflineStore.MaxTracks,
    };

    private string DevicesRefusal(Session session)
    {
        var names = store.List(session.Account)
            .Select(static device => device.Name.Length > 0 ? $"'{device.Name}'" : $"client {device.Peer}");
        return $"An account keeps music offline on {OfflineStore.MaxDevices} devices at most, and has that on"
            + $" {string.Join(", ", names)}: give it up on one of them first.";
    }

    private static string[] Read(IReadOnlyCollection<string> tracks) => tracks.Count <= MaxAtOnce
        ? [.. tracks.Select(static track => CatalogueCalls.ReadTrack(track).ToString()).Distinct(StringComparer.Ordinal)]
        : throw CallFailure.Of(StatusCode.InvalidArgument, $"At most {MaxAtOnce:N0} tracks can be named at once.");
}
