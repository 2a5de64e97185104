using SpotifyCore.Client.Catalogue;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Names;
using SpotifyCore.Contracts;

namespace SpotifyCore.Client.Keeping;

/// <summary>
/// The tracks that can be played without a network, found by name: those that were kept and whose file is whole in the
/// cache. Safe for many threads.
/// </summary>
/// <param name="kept">What was kept of tracks that may be played; of one more than once where it was so.</param>
/// <param name="isWhole">Whether the cache holds all of a file's chunks; from any thread.</param>
internal sealed class KeptCatalogue(Func<IEnumerable<OpenedTrack>> kept, Func<FileId, uint, bool> isWhole)
{
    private const int DefaultLimit = 20;

    /// <summary>
    /// As the access point searches, by words or their beginnings; those whose title matches first, then by title,
    /// whatever the order that is wanted.
    /// </summary>
    public SearchResult Search(CatalogueSearch search)
    {
        var (query, limit, offset) = (search.Query, search.Limit, search.Offset);
        var isAll = query.Length == 0 && search.Order != CatalogueOrder.Best;
        var hits = Playable()
            .Where(track => isAll || NameMatch.Contains(
                $"{track.Title} {string.Join(' ', track.Artists)} {track.Album}", query))
            .OrderByDescending(track => NameMatch.Contains(track.Title, query))
            .ThenBy(static track => track.Title, StringComparer.Ordinal)
            .ThenBy(static track => track.Id)
            .ToArray();
        TrackInfo[] page = [.. hits.Skip(offset).Take(limit > 0 ? limit : DefaultLimit)];
        return new SearchResult(page, HasMore: offset + page.Length < hits.Length) { IsOffline = true };
    }

    /// <summary>An album with those of its tracks that can be played; null when there are none.</summary>
    public AlbumInfo? FindAlbum(string album)
    {
        TrackInfo[] tracks = [.. Playable()
            .Where(track => track.AlbumId == album)
            .OrderBy(static track => track.Disc)
            .ThenBy(static track => track.Number)
            .ThenBy(static track => track.Title, StringComparer.Ordinal)
            .ThenBy(static track => track.Id)];
        return tracks.Length == 0 ? null : new AlbumInfo(
            album,
            tracks[0].Album,
            [.. tracks.SelectMany(static track => track.Artists).Distinct(StringComparer.Ordinal)],
            tracks.Max(static track => track.Year),
            tracks[0].CoverId,
            tracks)
        {
            // The album may have grown since some of them were kept.
            Total = Math.Max(tracks.Length, tracks.Max(static track => track.AlbumTracks)),
        };
    }

    private IEnumerable<TrackInfo> Playable() => kept()
        .Where(IsWhole)
        .DistinctBy(static opened => opened.Track.Track_)
        .Select(static opened => opened.Track.ToInfo());

    private bool IsWhole(OpenedTrack opened) =>
        opened.File.Length == FileId.Size
        && ManifestReader.TryRead(opened.Manifest.Span, FileId.Read(opened.File.Span), out var manifest)
        && isWhole(manifest.File, manifest.ChunkCount);
}
