using System.Data.Common;
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
    SourceReader sources, CatalogueUpdates updates, ContentKeys keys, NodeDirectory nodes,
    ILogger<LibrarianCalls> logger)
{
    private const int MaxEncoderLength = 1_000;
    private const int FilesAtOnce = 500;
    private const int SourcesAtOnce = 500;
    private const int MaxRemoved = 1_000;

    // PostgreSQL's program_limit_exceeded: what is longer than a third of a page has no place in an index.
    private const string TooLong = "54000";

    public Task<Masters> GetMastersAsync() =>
        Task.FromResult(nodes.Masters());

    public Task<FindSourceReply> FindSourceAsync(FindSourceRequest request)
    {
        RequireHash(request.SourceHash, "source");
        if (request.Encoder.Length is 0 or > MaxEncoderLength)
            throw CallFailure.Of(StatusCode.InvalidArgument, "The encoder parameters are missing or too long.");

        if (request.Location.Length > NewTrackReader.MaxLocationLength)
            throw CallFailure.Of(StatusCode.InvalidArgument, "The location of the source is too long.");

        if (request.Stamp.Length > NewTrackReader.MaxStampLength)
            throw CallFailure.Of(StatusCode.InvalidArgument, "The stamp of the source is too long.");

        return Task.FromResult(sources.Find(request));
    }

    public Task<ListFilesReply> ListFilesAsync(ListFilesRequest request)
    {
        if (request.After.Length is not (0 or FileId.Size))
            throw CallFailure.Of(StatusCode.InvalidArgument, "The file to begin after is not an id.");

        return Task.FromResult(sources.ListFiles(request.After.ToByteArray(), FilesAtOnce));
    }

    public Task<ListSourcesReply> ListSourcesAsync(ListSourcesRequest request) =>
        Task.FromResult(sources.ListSources(request, SourcesAtOnce));

    public Task<RemoveSourcesReply> RemoveSourcesAsync(RemoveSourcesRequest request, ServerCallContext call)
    {
        if (request.Locations.Count > MaxRemoved)
            throw CallFailure.Of(StatusCode.InvalidArgument, $"At most {MaxRemoved} sources are removed at once.");

        var (removed, tracks) = updates.Remove(request.Locations);
        logger.SourcesRemoved(removed, tracks, CallerGate.SessionOf(call).Account.Name);
        return Task.FromResult(new RemoveSourcesReply { Sources = removed, Tracks = tracks });
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
            var source = NewTrackReader.Read(request);
            var added = request.Restore ? updates.Restore(source, account) : updates.Add(source);
            var track = added.Track.ToString();
            logger.TrackAdded(track, request.Files.Count, account, added.WasThere);
            return Task.FromResult(
                new AddTrackReply { Replaced = added.WasThere, Track = track, Removed = added.IsRemoved });
        }
        catch (NewTrackException refused)
        {
            logger.TrackRefused(account, refused.Message);
            throw CallFailure.Of(StatusCode.InvalidArgument, refused.Message);
        }
        catch (DbException failure) when (failure.SqlState == TooLong)
        {
            logger.TrackRefused(account, failure.Message);
            throw CallFailure.Of(
                StatusCode.InvalidArgument, "The location of the source is too long for the service's database.");
        }
    }

    private static void RequireHash(ByteString hash, string of)
    {
        if (hash.Length != SHA256.HashSizeInBytes)
            throw CallFailure.Of(StatusCode.InvalidArgument, $"The {of} hash is not a SHA-256.");
    }
}
