using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Backend.Discarding;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Backend.Services;

/// <summary>The service of discards.proto.</summary>
internal sealed class DiscardsService(DiscardStore discards) : Discards.DiscardsBase
{
    private const int FilesAtOnce = 500;

    public override Task<ListDiscardsReply> ListDiscards(ListDiscardsRequest request, ServerCallContext context)
    {
        if (request.After.Length is not (0 or FileId.Size))
            throw CallFailure.Of(StatusCode.InvalidArgument, "The file to begin after is not an id.");

        var files = discards.List(request.After.ToByteArray(), FilesAtOnce + 1);
        var reply = new ListDiscardsReply { More = files.Count > FilesAtOnce };
        reply.Files.AddRange(files.Take(FilesAtOnce).Select(static file => ByteString.CopyFrom(file)));
        return Task.FromResult(reply);
    }

    public override Task<MayDiscardReply> MayDiscard(MayDiscardRequest request, ServerCallContext context) =>
        Task.FromResult(new MayDiscardReply { May = discards.MayDiscard(request.File.ToByteArray()) });
}
