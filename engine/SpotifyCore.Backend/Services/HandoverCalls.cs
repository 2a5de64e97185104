using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Playing;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Backend.Services;

/// <summary>What an account plays, from the device that plays it to the one that goes on.</summary>
internal sealed class HandoverCalls(PlaybackStore store, CatalogueReader catalogue)
{
    private const int MaxTracks = 3_000;
    private const int TracksAtOnce = 500;

    public Task<KeepPlaybackReply> KeepAsync(KeepPlaybackRequest request, ServerCallContext call)
    {
        var session = CallerGate.SessionOf(call);
        var said = request.Playback ?? new AccountPlayback();
        if (said.Tracks.IsEmpty)
            store.Forget(session);
        else if (!store.TryKeep(session, Check(said)))
            throw CallFailure.Of(StatusCode.ResourceExhausted, "What plays was kept just now: say it again in a second.");

        return Task.FromResult(new KeepPlaybackReply());
    }

    public Task<KeptPlayback> GetAsync(ServerCallContext call)
    {
        var kept = store.Find(CallerGate.SessionOf(call))
            ?? throw CallFailure.Of(StatusCode.NotFound, "The account has played nothing that could go on here.");
        foreach (var tracks in IdsOf(kept.Playback.Tracks).Distinct(StringComparer.Ordinal).Chunk(TracksAtOnce))
            kept.Tracks.AddRange(catalogue.FindTracks(tracks));

        return Task.FromResult(kept);
    }

    /// <summary>What is kept of what a client says: no more than the contract has.</summary>
    private static AccountPlayback Check(AccountPlayback said)
    {
        var tracks = said.Tracks.Length / TrackId.Size;
        if (said.Tracks.Length % TrackId.Size != 0 || tracks > MaxTracks)
            throw Wrong($"The tracks must be {TrackId.Size} bytes each, and {MaxTracks:N0} at most.");
        if (said.Current < 0 || said.Current >= tracks)
            throw Wrong("The track that plays must be one of the tracks.");
        if (said.PositionMs is < 0 or > int.MaxValue)
            throw Wrong("The position can't be.");
        if (!Enum.IsDefined(said.Repeat))
            throw Wrong("There is no such repeat.");
        if (said.StraightOrder.Count > 0 && !IsOrder(said.StraightOrder, tracks))
            throw Wrong("The straight order must name each of the tracks once.");

        var kept = new AccountPlayback
        {
            Tracks = said.Tracks,
            Current = said.Current,
            PositionMs = said.PositionMs,
            Playing = said.Playing,
            Repeat = said.Repeat,
        };
        kept.StraightOrder.AddRange(said.StraightOrder);
        return kept;
    }

    private static bool IsOrder(IReadOnlyCollection<uint> order, int tracks) => order.Count == tracks
        && order.Order().SequenceEqual(Enumerable.Range(0, tracks).Select(static place => (uint)place));

    private static IEnumerable<string> IdsOf(ByteString tracks)
    {
        for (var at = 0; at < tracks.Length; at += TrackId.Size)
            yield return TrackId.Read(tracks.Span[at..]).ToString();
    }

    private static RpcException Wrong(string why) => CallFailure.Of(StatusCode.InvalidArgument, why);
}
