
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Tests;

/// <summary>Requests that add tracks; their manifests are true, of random bytes.</summary>
internal static class TestTracks
{
    public static AddTrackRequest Request(
        int seed, string title, string artist = "", string album = "", int number = 0, params int[] bits)
    {
        var track = TrackOf(seed);
        var request = new AddTrackRequest
        {
            SourceHash = ByteString.CopyFrom(SHA256.HashData(BitConverter.GetBytes(seed))),
            Encoder = "libopus test",
            SourceName = $"{title}.flac",
            Track = track.ToString(),
            Tags = new TrackTags { Title = title, AlbumTitle = album, Number = number },
            Loudness = -12,
            Peak = 0.9f,
        };
        if (artist.Length > 0)
            request.Tags.Artists.Add(artist);

        foreach (var rate in bits.Length == 0 ? [96_000, 160_000, 320_000] : bits)
            request.Files.Add(FileOf(seed, rate, track));

        return request;
    }

    /// <summary>A source at a place, as an import that tells it; its hash is that of place and title.</summary>
    public static AddTrackRequest At(
        string location, int seed, string title, string artist = "", string album = "", int number = 0)
    {
        var request = Request(seed, title, artist, album, number, 96_000);
        request.Location = location;
        request.SourceName = Path.GetFileName(location);
        request.SourceHash = ByteString.CopyFrom(SHA256.HashData(Encoding.UTF8.GetBytes($"{location} {request.Tags}")));
        return request;
    }

    public static TrackId TrackOf(int seed) => TrackId.FromHash(SHA256.HashData(BitConverter.GetBytes(seed)));

    public static ImportedFile FileOf(int seed, int bits, TrackId track, long samples = 480_000)
    {
        var bytes = new byte[bits / 8];
        new Random(seed ^ bits).NextBytes(bytes);
        var writer = new ManifestWriter();
        for (var offset = 0; offset < bytes.Length; offset += Manifest.ChunkSize)
        {
            var chunk = bytes.AsSpan(offset, Math.Min(Manifest.ChunkSize, bytes.Length - offset));
            writer.Add(chunk, new SeekPoint(0, (ulong)offset));
        }

        var manifest = writer.Finish(new AudioProperties(track, bits, samples, 312, -6, 0.9f));
        return new ImportedFile
        {
            Manifest = ByteString.CopyFrom(manifest.Bytes.Span),
            PlaintextHash = ByteString.CopyFrom(SHA256.HashData(bytes)),
        };
    }

    public static byte[] FileIdOf(ImportedFile file) => SHA256.HashData(file.Manifest.Span)[..FileId.Size];
}
