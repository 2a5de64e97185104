using System.Security.Cryptography;
using SpotifyCore.Backend.Releases;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>Checks what an import wants to add: ids, hashes and sizes must agree before anything is stored.</summary>
internal static class NewTrackReader
{
    /// <summary>Largest cover, in bytes.</summary>
    public const int MaxCoverBytes = 8 << 20;

    /// <summary>Most encodings of one track.</summary>
    public const int MaxFiles = 8;

    /// <summary>Longest location of a source, in characters.</summary>
    public const int MaxLocationLength = 4_096;

    /// <summary>Longest stamp of a source, in bytes.</summary>
    public const int MaxStampLength = 64;

    private const int MaxTextLength = 1_000;
    private const int MaxArtists = 64;

    /// <summary>Reads a request into a track that can be stored.</summary>
    /// <exception cref="NewTrackException">Something in it is missing, too long or doesn't agree.</exception>
    public static NewTrack Read(AddTrackRequest request)
    {
        Require(TrackId.TryParse(request.Track, out var recording), "The track id is not 22 characters of base62.");
        Require(
            float.IsFinite(request.Loudness) && request.Loudness is >= -200 and <= 100,
            "The loudness is out of range.");
        Require(float.IsFinite(request.Peak) && request.Peak is >= 0 and <= 1_000, "The peak is out of range.");
        return new NewTrack
        {
            Recording = recording,
            Tags = ReadTags(request),
            Files = ReadFiles(request, recording),
            Source = ReadSource(request),
            Loudness = request.Loudness,
            Peak = request.Peak,
            Cover = ReadCover(request.Cover),
        };
    }

    private static NewSource ReadSource(AddTrackRequest request)
    {
        Require(request.SourceHash.Length == SHA256.HashSizeInBytes, "The source hash is not a SHA-256.");
        Require(
            request.Essence.Length is 0 or SHA256.HashSizeInBytes, "The hash of the source's essence is not a SHA-256.");
        Require(request.Stamp.Length <= MaxStampLength, "The stamp of the source is too long.");
        Require(request.Encoder.Length is > 0 and <= MaxTextLength, "The encoder parameters are missing or too long.");
        Require(request.SourceName.Length <= MaxTextLength, "The source name is too long.");
        Require(
            request.Location.Length <= MaxLocationLength && request.MovedFrom.Length <= MaxLocationLength,
            "The location of the source is too long.");
        Require(
            !SourceTable.IsDisplaced(request.Location) && !request.Location.Contains('\0'),
            "The location of the source has control characters.");
        Require(!request.Encoder.Contains('\0'), "The encoder parameters have control characters.");
        return new NewSource(request.SourceHash.ToByteArray(), request.Encoder, PlainText.Of(request.SourceName))
        {
            Location = request.Location,
            MovedFrom = request.MovedFrom,
            Essence = request.Essence.IsEmpty ? null : request.Essence.ToByteArray(),
            Stamp = request.Stamp.IsEmpty ? null : request.Stamp.ToByteArray(),
        };
    }

    private static TrackTags ReadTags(AddTrackRequest request)
    {
        var tags = PlainTags(request.Tags ?? new TrackTags());
        if (string.IsNullOrWhiteSpace(tags.Title))
            tags.Title = Text(Path.GetFileNameWithoutExtension(request.SourceName));

        Require(!string.IsNullOrWhiteSpace(tags.Title), "The track has no title, and no source name to take one from.");
        Require(
            tags.Artists.Count <= MaxArtists && tags.AlbumArtists.Count <= MaxArtists, "There are too many artists.");
        var texts =
            tags.Artists.Concat(tags.AlbumArtists).Append(tags.Title).Append(tags.AlbumTitle).Append(tags.Genre);
        Require(texts.All(static text => text.Length <= MaxTextLength), "A tag is too long.");
        Require(tags.Disc >= 0 && tags.Number >= 0 && tags.Year >= 0, "Disc, number and year can't be negative.");
        if (tags.Disc == 0)
            tags.Disc = ReleaseFolder.Of(request.Location).Disc;

        return tags;
    }

    private static TrackTags PlainTags(TrackTags given)
    {
        var tags = given.Clone();
        tags.Title = Text(tags.Title);
        tags.AlbumTitle = Text(tags.AlbumTitle);
        tags.Genre = Text(tags.Genre);
        foreach (var names in new[] { tags.Artists, tags.AlbumArtists })
        {
            for (var i = 0; i < names.Count; i++)
                names[i] = Text(names[i]);
        }

        return tags;
    }

    // Without what is no text, and the same whatever way it was written.
    private static string Text(string given) => ComposedText.Of(PlainText.Of(given));

    private static List<NewFile> ReadFiles(AddTrackRequest request, TrackId recording)
    {
        Require(request.Files.Count <= MaxFiles, $"A track has at most {MaxFiles} files.");
        var files = new List<NewFile>();
        foreach (var file in request.Files)
        {
            Require(ManifestReader.TryRead(file.Manifest.Span, out var manifest), "A manifest is malformed.");
            Require(manifest.Track == recording, $"The manifest of {manifest.File} is that of another track.");
            Require(manifest.Samples > 0, $"The file {manifest.File} has no samples.");
            Require(file.PlaintextHash.Length == SHA256.HashSizeInBytes, "A plaintext hash is not a SHA-256.");
            files.Add(new NewFile(manifest, file.PlaintextHash.ToByteArray()));
        }

        Require(
            files.DistinctBy(static file => file.Manifest.BitsPerSecond).Count() == files.Count,
            "Two files have the same bitrate.");
        Require(
            files.All(file => file.Manifest.Samples == files[0].Manifest.Samples),
            "The files are not of the same length.");
        return files;
    }

    private static Cover? ReadCover(Cover? cover)
    {
        if (cover is null || cover.Data.IsEmpty)
            return null;

        Require(cover.Data.Length <= MaxCoverBytes, $"The cover is over {MaxCoverBytes} bytes.");
        Require(
            cover.MediaType.StartsWith("image/", StringComparison.Ordinal) && cover.MediaType.Length <= 64,
            "The cover's media type is not that of an image.");
        return cover;
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new NewTrackException(otherwise);
    }
}
