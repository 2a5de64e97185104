using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Releases;

/// <summary>What a source says of the release that it is of.</summary>
/// <param name="Key">
/// Equal for all sources that may be of one release; null where it is of none. Not an id: it changes with the tags, and
/// sources that have it in common may still be of several releases (<see cref="ReleaseGrouping"/>).
/// </param>
/// <param name="Folder">Where it lies; empty where that is not known.</param>
/// <param name="Title">The release's title.</param>
/// <param name="Artists">Whose release it is; empty where only its tracks tell.</param>
internal sealed record ReleaseTags(string? Key, string Folder, string Title, IReadOnlyList<string> Artists)
{
    // How keys of MusicBrainz's ids begin.
    private const string Told = "musicbrainz";

    /// <summary>True for a key that says all: whoever has it is of that one release.</summary>
    public static bool IsTold(string key) => key.StartsWith(Told, StringComparison.Ordinal);

    /// <summary>Reads it of a source's tags and its location, which is empty where it is not known.</summary>
    public static ReleaseTags Of(TrackTags tags, string location)
    {
        var folder = ReleaseFolder.Of(location).Path;
        var title = tags.AlbumTitle.Trim();
        string[] artists = [.. tags.AlbumArtists.Select(static name => name.Trim()).Where(static name => name.Length > 0)];

        // Without a folder to look at, the first artist is whose album it is.
        if (artists.Length == 0 && folder.Length == 0 && !tags.Compilation && tags.Artists.Count > 0)
            artists = [CreditedNames.First(tags.Artists[0]).Trim()];

        return new ReleaseTags(KeyOf(tags, folder, title, artists), folder, title, artists);
    }

    private static string? KeyOf(TrackTags tags, string folder, string title, string[] artists)
    {
        if (title.Length == 0)
            return null;
        if (Guid.TryParseExact(tags.MusicbrainzRelease, "D", out var id))
            return $"{Told}\n{id:D}";

        var folded = CreditedNames.Fold(title);
        if (artists.Length > 0)
            return $"artists\n{folded}\n{string.Join('\n', artists.Select(CreditedNames.Fold))}";

        return tags.Compilation ? $"compilation\n{folded}" : $"folder\n{folded}\n{folder}";
    }
}
