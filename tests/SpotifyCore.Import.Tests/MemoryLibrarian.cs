
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Google.Protobuf;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sealing;
using SpotifyCore.Contracts;
using SpotifyCore.Import.Masters;
using SpotifyCore.Import.Measuring;

namespace SpotifyCore.Import.Tests;

/// <summary>A librarian that remembers in memory.</summary>
internal sealed class MemoryLibrarian : ILibrarian
{
    public ConcurrentDictionary<string, AddTrackRequest> Tracks { get; } = new();

    public ConcurrentDictionary<string, string> Sources { get; } = new();

    public ConcurrentDictionary<string, string> Essences { get; } = new();

    /// <summary>The hashes of sources by their locations.</summary>
    public ConcurrentDictionary<string, string> Locations { get; } = new();

    /// <summary>All that was asked to be added, as it was asked.</summary>
    public ConcurrentBag<AddTrackRequest> Added { get; } = [];

    /// <summary>All sources that were asked for.</summary>
    public ConcurrentQueue<FindSourceRequest> Asked { get; } = new();

    /// <summary>The stamps of sources by their locations.</summary>
    public ConcurrentDictionary<string, ByteString> Stamps { get; } = new();

    public static ContentKey KeyOf(ReadOnlySpan<byte> plaintextHash) =>
        ContentKey.Read(SHA256.HashData(plaintextHash).AsSpan(0, ContentKey.Size));

    public Task<KnownSound?> FindSourceAsync(FindSourceRequest source, CancellationToken cancellationToken)
    {
        Asked.Enqueue(source);
        if (source.Stamp.Length > 0 && Locations.GetValueOrDefault(source.Location) == source.SourceHash.ToBase64())
            Stamps[source.Location] = source.Stamp;

        var recording = Sources.GetValueOrDefault(KeyOf(source.SourceHash.Span, source.Encoder))
            ?? Essences.GetValueOrDefault(KeyOf(source.Essence.Span, source.Encoder))
            ?? (Tracks.TryGetValue(source.Recording, out var track) && track.Encoder == source.Encoder
                ? source.Recording
                : null);
        return Task.FromResult(recording is null
            ? null
            : new KnownSound(recording, recording, Tracks.TryGetValue(recording, out var added) ? FilesOf(added) : [])
            {
                IsOutdated = Locations.GetValueOrDefault(source.Location) != source.SourceHash.ToBase64(),
                Loudness = added is null ? null : new Loudness(added.Loudness, added.Peak),
                Locations = [.. Locations.Keys.Where(location => location != source.Location)],
            });
    }

    public async IAsyncEnumerable<CataloguedSource> ListSourcesAsync(
        string prefix, string encoder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var track in Tracks.Values.Where(track => track.Location.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var source = new CataloguedSource { Location = track.Location, Track = track.Track };
            if (track.Encoder == encoder)
            {
                source.Stamp = Stamps.GetValueOrDefault(track.Location, ByteString.Empty);
                source.Shown = track.Track;
                source.Files.AddRange(track.Files.Select(static file =>
                    ByteString.CopyFrom(SHA256.HashData(file.Manifest.Span), 0, FileId.Size)));
            }

            yield return source;
        }
    }

    public Task<ContentKey> DeriveKeyAsync(ReadOnlyMemory<byte> plaintextHash, CancellationToken cancellationToken) =>
        Task.FromResult(KeyOf(plaintextHash.Span));

    public Task<AddTrackReply> AddTrackAsync(AddTrackRequest track, CancellationToken cancellationToken)
    {
        Added.Add(track);
        if (track.Files.Count == 0)
            track = new AddTrackRequest(track) { Files = { Tracks[track.Track].Files } };

        Tracks[track.Track] = track;
        Sources[KeyOf(track.SourceHash.Span, track.Encoder)] = track.Track;
        if (track.Essence.Length > 0)
            Essences[KeyOf(track.Essence.Span, track.Encoder)] = track.Track;

        var isMoved = track.MovedFrom.Length > 0 && Locations.TryRemove(track.MovedFrom, out _);
        var wasThere = Locations.ContainsKey(track.Location) || isMoved;
        Locations[track.Location] = track.SourceHash.ToBase64();
        Stamps[track.Location] = track.Stamp;
        return Task.FromResult(new AddTrackReply { Track = track.Track, Replaced = wasThere });
    }

    private static FileId[] FilesOf(AddTrackRequest track) =>
        [.. track.Files.Select(static file => FileId.FromHash(SHA256.HashData(file.Manifest.Span)))];

    private static string KeyOf(ReadOnlySpan<byte> sourceHash, string encoder) =>
        $"{Convert.ToHexString(sourceHash)} {encoder}";
}
