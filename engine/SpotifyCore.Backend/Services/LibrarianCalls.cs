using System.Security.Cryptography;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Keys;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Contracts;
using SpotifyCore.Rpc.Serving;

namespace SpotifyCore.Backend.Services;

/// <summary>What an import asks.</summary>
internal sealed class LibrarianCalls(
    CatalogueReader reader, CatalogueWriter writer, ContentKeys keys, NodeDirectory nodes,
    ILogger<LibrarianCalls> logger)
{
    private const int MaxEncoderLength = 1_000;

    public Task<Masters> GetMastersAsync(GetMastersRequest request, RpcServerCall call) =>
        Task.FromResult(nodes.Masters());

    public Task<FindSourceReply> FindSourceAsync(FindSourceRequest request, RpcServerCall call)
    {
        RequireHash(request.SourceHash, "source");
        if (request.Encoder.Length is 0 or > MaxEncoderLength)
            throw new RpcException(RpcStatusCode.InvalidArgument, "The encoder parameters are missing or too long.");

        var track = reader.FindSource(request.SourceHash.ToByteArray(), request.Encoder);
        return Task.FromResult(new FindSourceReply { Track = track ?? "" });
    }

    public Task<DeriveKeyReply> DeriveKeyAsync(DeriveKeyRequest request, RpcServerCall call)
    {
        RequireHash(request.PlaintextHash, "plaintext");
        var key = keys.Derive(request.PlaintextHash.Span);
        return Task.FromResult(new DeriveKeyReply { ContentKey = ByteString.CopyFrom(key) });
    }

    public Task<AddTrackReply> AddTrackAsync(AddTrackRequest request, RpcServerCall call)
    {
        var account = CallerGate.SessionOf(call).Account.Name;
        try
        {
            var replaced = writer.Add(NewTrackReader.Read(request));
            logger.TrackAdded(request.Track, request.Files.Count, account, replaced);
            return Task.FromResult(new AddTrackReply { Replaced = replaced });
        }
        catch (NewTrackException refused)
        {
            logger.TrackRefused(account, refused.Message);
            throw new RpcException(RpcStatusCode.InvalidArgument, refused.Message);
        }
    }

    private static void RequireHash(ByteString hash, string of)
    {
        if (hash.Length != SHA256.HashSizeInBytes)
            throw new RpcException(RpcStatusCode.InvalidArgument, $"The {of} hash is not a SHA-256.");
    }
}
