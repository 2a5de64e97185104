using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Keys;
using SpotifyCore.Backend.Logging;
using SpotifyCore.Backend.Searching;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Backend.Services;

/// <summary>What an import asks.</summary>
internal sealed class LibrarianCalls(
    CatalogueReader reader, CatalogueAdditions additions, ContentKeys keys, NodeDirectory nodes,
    ILogger<LibrarianCalls> logger)
{
    private const int MaxEncoderLength = 1_000;
    private const int FilesAtOnce = 500;

    public Task<Masters> GetMastersAsync() =>
        Task.FromResult(nodes.Masters());

    public Task<FindSourceReply> FindSourceAsync(FindSourceRequest request)
    {
        RequireHash(request.SourceHash, "source");
        if (request.Encoder.Length is 0 or > MaxEncoderLength)
            throw CallFailure.Of(StatusCode.InvalidArgument, "The encoder parameters are missing or too long.");

        var track = reader.FindSource(request.SourceHash.ToByteArray(), request.Encoder);
        var reply = new FindSourceReply { Track = track ?? "" };
        if (track is not null)
            reply.Files.AddRange(reader.FilesOf(track).Select(static file => ByteString.CopyFrom(file)));

        return Task.FromResult(reply);
    }

    public Task<ListFilesReply> ListFilesAsync(ListFilesRequest request)
    {
        if (request.After.Length is not (0 or FileId.Size))
            throw CallFailure.Of(StatusCode.InvalidArgument, "The file to begin after is not an id.");

        return Task.FromResult(reader.ListFiles(request.After.ToByteArray(), FilesAtOnce));
    }

    public Task<DeriveKeyReply> DeriveKeyAsync(DeriveKeyRequest request)
    {
        RequireHash(request.PlaintextHash, "plaintext");
        var key = keys.Derive(request.PlaintextHash.Span);
        return Task.FromResult(new DeriveKeyReply { ContentKey = ByteString.CopyFrom(key) });
    }

    public Task<AddTrackReply> AddTrackAsync(AddTrackRequest request, ServerCallContext call)
    {
        var account = CallerGate.SessionOf(call).Account.Name;
        try
        {
            var replaced = additions.Add(NewTrackReader.Read(request));
            logger.TrackAdded(request.Track, request.Files.Count, account, replaced);
            return Task.FromResult(new AddTrackReply { Replaced = replaced });
        }
        catch (NewTrackException refused)
        {
            logger.TrackRefused(account, refused.Message);
            throw CallFailure.Of(StatusCode.InvalidArgument, refused.Message);
        }
    }

    private static void RequireHash(ByteString hash, string of)
    {
        if (hash.Length != SHA256.HashSizeInBytes)
            throw CallFailure.Of(StatusCode.InvalidArgument, $"The {of} hash is not a SHA-256.");
    }
}
