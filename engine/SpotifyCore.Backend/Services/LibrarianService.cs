using Grpc.Core;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Services;

/// <summary>The service of librarian.proto.</summary>
internal sealed class LibrarianService(LibrarianCalls calls) : Librarian.LibrarianBase
{
    public override Task<Masters> GetMasters(GetMastersRequest request, ServerCallContext context) =>
        calls.GetMastersAsync();

    public override Task<FindSourceReply> FindSource(FindSourceRequest request, ServerCallContext context) =>
        calls.FindSourceAsync(request);

    public override Task<DeriveKeyReply> DeriveKey(DeriveKeyRequest request, ServerCallContext context) =>
        calls.DeriveKeyAsync(request);

    public override Task<AddTrackReply> AddTrack(AddTrackRequest request, ServerCallContext context) =>
        calls.AddTrackAsync(request, context);

    public override Task<ListFilesReply> ListFiles(ListFilesRequest request, ServerCallContext context) =>
        calls.ListFilesAsync(request);

    public override Task<ListSourcesReply> ListSources(ListSourcesRequest request, ServerCallContext context) =>
        calls.ListSourcesAsync(request);

    public override Task<RemoveSourcesReply> RemoveSources(RemoveSourcesRequest request, ServerCallContext context) =>
        calls.RemoveSourcesAsync(request, context);
}
