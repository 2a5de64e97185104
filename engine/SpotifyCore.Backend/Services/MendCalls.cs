using Grpc.Core;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Logging;
using SpotifyCore.Backend.Mending;
using SpotifyCore.Backend.Searching;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Backend.Services;

/// <summary>What a librarian mends by hand; searches have followed when a call returns.</summary>
internal sealed class MendCalls(
    CatalogueMender mender, EntryReader entries, CatalogueIndex index, ILogger<MendCalls> logger)
{
    private const int MaxIdLength = 32;
    private const int MaxFound = 20;
    private const int MaxListed = 500;
    private const int MaxSplit = 1_000;

    public Task<FindEntriesReply> FindEntriesAsync(FindEntriesRequest request)
    {
        if (request.Prefix.Length is 0 or > MaxIdLength)
            throw CallFailure.Of(StatusCode.InvalidArgument, $"The beginning of an id has 1 to {MaxIdLength} characters.");

        return Task.FromResult(entries.Find(request.Prefix, MaxFound));
    }

    public Task<ListReleasesReply> ListReleasesAsync(ListReleasesRequest request)
    {
        if (request.Offset < 0)
            throw CallFailure.Of(StatusCode.InvalidArgument, "The offset can't be negative.");

        return Task.FromResult(entries.ListReleases(request.Offset, CheckLimit(request.Limit)));
    }

    public Task<EntryDetails> GetEntryAsync(GetEntryRequest request) => Task.FromResult(
        entries.Describe(request.Id) ?? throw CatalogueCalls.Missing("track or release", request.Id));

    public Task<MendReply> EditEntryAsync(EditEntryRequest request, ServerCallContext call) => MendAsync(
        call, account => mender.Edit(request.Id, EntryEditReader.Read(request), account));

    public Task<MendReply> MergeEntriesAsync(MergeEntriesRequest request, ServerCallContext call) => MendAsync(
        call, account => mender.Merge(request.Id, request.With, account));

    public Task<MendReply> SplitReleaseAsync(SplitReleaseRequest request, ServerCallContext call)
    {
        string[] tracks = [.. request.Tracks.Distinct(StringComparer.Ordinal)];
        if (tracks.Length is 0 or > MaxSplit)
            throw CallFailure.Of(StatusCode.InvalidArgument, $"1 to {MaxSplit} tracks are split off at once.");

        return MendAsync(call, account => mender.Split(
            request.Release,
            tracks,
            request.Title.Length > 0 ? EntryEditReader.Title(request.Title, "title") : "",
            account));
    }

    public Task<MendReply> RemoveEntryAsync(RemoveEntryRequest request, ServerCallContext call) => MendAsync(
        call, account => mender.Remove(request.Id, account));

    public Task<MendReply> UndoMendAsync(UndoMendRequest request, ServerCallContext call) => MendAsync(
        call, account => mender.Undo(request.Mend, account));

    public Task<ListMendsReply> ListMendsAsync(ListMendsRequest request)
    {
        if (request.Before < 0)
            throw CallFailure.Of(StatusCode.InvalidArgument, "The change to list before can't be negative.");

        return Task.FromResult(entries.ListMends(request.Before, CheckLimit(request.Limit)));
    }

    private Task<MendReply> MendAsync(ServerCallContext call, Func<string, MendDone> mend)
    {
        var account = CallerGate.SessionOf(call).Account.Name;
        try
        {
            var done = mend(account);
            if (done.Number > 0)
            {
                logger.CatalogueMended(done.Number, account, done.What);
                index.Follow();
            }

            return Task.FromResult(new MendReply { Mend = done.Number, What = done.What, Made = done.Made });
        }
        catch (MendException refused)
        {
            throw CallFailure.Of(
                refused.IsMissing ? StatusCode.NotFound : StatusCode.FailedPrecondition, refused.Message);
        }
    }

    private static int CheckLimit(int limit) => limit is >= 1 and <= MaxListed
        ? limit
        : throw CallFailure.Of(StatusCode.InvalidArgument, $"The limit must be 1 to {MaxListed}.");
}
