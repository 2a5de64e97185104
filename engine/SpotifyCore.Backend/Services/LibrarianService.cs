using Grpc.Core;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Services;

/// <summary>The service of librarian.proto.</summary>
internal sealed class LibrarianService(LibrarianCalls calls, AdvertCalls adverts, MendCalls mends)
    : Librarian.LibrarianBase
{
    public override Task<Masters> GetMasters(GetMastersRequest request, ServerCallContext context) =>
        calls.GetMastersAsync();

    public override Task<FindSourceReply> FindSource(FindSourceRequest request, ServerCallContext context) =>
        calls.FindSourceAsync(request);

    public override Task<DeriveKeyReply> DeriveKey(DeriveKeyRequest request, ServerCallContext context) =>
        calls.DeriveKeyAsync(request);

    public override Task<AddTrackReply> AddTrack(AddTrackRequest request, ServerCallContext context) =>
        request.Advert is null ? calls.AddTrackAsync(request, context) : adverts.AddAsync(request, context);

    public override Task<ListFilesReply> ListFiles(ListFilesRequest request, ServerCallContext context) =>
        calls.ListFilesAsync(request);

    public override Task<ListSourcesReply> ListSources(ListSourcesRequest request, ServerCallContext context) =>
        calls.ListSourcesAsync(request);

    public override Task<RemoveSourcesReply> RemoveSources(RemoveSourcesRequest request, ServerCallContext context) =>
        calls.RemoveSourcesAsync(request, context);

    public override Task<FindEntriesReply> FindEntries(FindEntriesRequest request, ServerCallContext context) =>
        mends.FindEntriesAsync(request);

    public override Task<ListReleasesReply> ListReleases(ListReleasesRequest request, ServerCallContext context) =>
        mends.ListReleasesAsync(request);

    public override Task<EntryDetails> GetEntry(GetEntryRequest request, ServerCallContext context) =>
        mends.GetEntryAsync(request);

    public override Task<MendReply> EditEntry(EditEntryRequest request, ServerCallContext context) =>
        mends.EditEntryAsync(request, context);

    public override Task<MendReply> MergeEntries(MergeEntriesRequest request, ServerCallContext context) =>
        mends.MergeEntriesAsync(request, context);

    public override Task<MendReply> SplitRelease(SplitReleaseRequest request, ServerCallContext context) =>
        mends.SplitReleaseAsync(request, context);

    public override Task<MendReply> RemoveEntry(RemoveEntryRequest request, ServerCallContext context) =>
        mends.RemoveEntryAsync(request, context);

    public override Task<MendReply> UndoMend(UndoMendRequest request, ServerCallContext context) =>
        mends.UndoMendAsync(request, context);

    public override Task<ListMendsReply> ListMends(ListMendsRequest request, ServerCallContext context) =>
        mends.ListMendsAsync(request);
}
