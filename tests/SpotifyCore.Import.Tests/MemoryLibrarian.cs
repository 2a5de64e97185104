
using System.Collections.Concurrent;
using System.Security.Cryptography;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sealing;
using SpotifyCore.Contracts;
using SpotifyCore.Import.Masters;

namespace SpotifyCore.Import.Tests;

/// <summary>A librarian that remembers in memory.</summary>
internal sealed class MemoryLibrarian : ILibrarian
{
    public ConcurrentDictionary<string, AddTrackRequest> Tracks { get; } = new();

    public ConcurrentDictionary<string, string> Sources { get; } = new();

    public static ContentKey KeyOf(ReadOnlySpan<byte> plaintextHash) =>
        ContentKey.Read(SHA256.HashData(plaintextHash).AsSpan(0, ContentKey.Size));

    public Task<KnownTrack?> FindSourceAsync(
        ReadOnlyMemory<byte> sourceHash, string encoder, CancellationToken cancellationToken) =>
        Task.FromResult(Sources.GetValueOrDefault(KeyOf(sourceHash.Span, encoder)) is { } track
            ? new KnownTrack(track, Tracks.TryGetValue(track, out var added) ? FilesOf(added) : [])
            : null);

    public Task<ContentKey> DeriveKeyAsync(ReadOnlyMemory<byte> plaintextHash, CancellationToken cancellationToken) =>
        Task.FromResult(KeyOf(plaintextHash.Span));

    public Task AddTrackAsync(AddTrackRequest track, CancellationToken cancellationToken)
    {
        Tracks[track.Track] = track;
        Sources[KeyOf(track.SourceHash.Span, track.Encoder)] = track.Track;
        return Task.CompletedTask;
    }

    private static FileId[] FilesOf(AddTrackRequest track) =>
        [.. track.Files.Select(static file => FileId.FromHash(SHA256.HashData(file.Manifest.Span)))];

    private static string KeyOf(ReadOnlySpan<byte> sourceHash, string encoder) =>
        $"{Convert.ToHexString(sourceHash)} {encoder}";
}
