using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Mending;

/// <summary>Checks what a librarian types: plain, composed, and no longer than tags may be.</summary>
internal static class EntryEditReader
{
    private const int MaxTextLength = 1_000;
    private const int MaxArtists = 64;
    private const int MaxNumber = 100_000;

    /// <summary>Reads a request into an edit that can be made.</summary>
    /// <exception cref="MendException">Something in it can't be.</exception>
    public static EntryEdit Read(EditEntryRequest request) => new()
    {
        Title = request.HasTitle ? Title(request.Title, "title") : null,
        Album = request.HasAlbum ? Title(request.Album, "album") : null,
        Release = request.HasRelease ? request.Release : null,
        Artists = request.Artists is { } artists ? Artists(artists.Names) : null,
        Disc = request.HasDisc ? Number(request.Disc, "disc") : null,
        Number = request.HasNumber ? Number(request.Number, "number") : null,
        Year = request.HasYear ? Number(request.Year, "year") : null,
        Genre = request.HasGenre ? Text(request.Genre, "genre") : null,
    };

    /// <summary>A title, which can't be empty.</summary>
    /// <exception cref="MendException">It is, or too long.</exception>
    public static string Title(string given, string field)
    {
        var title = Text(given, field);
        return title.Length > 0 ? title : throw new MendException($"The {field} can't be empty.");
    }

    private static string Artists(IEnumerable<string> given)
    {
        string[] names = [.. given.Select(static name => Text(name, "artist")).Where(static name => name.Length > 0)];
        return names.Length switch
        {
            0 => throw new MendException("An artist needs a name."),
            > MaxArtists => throw new MendException($"There are over {MaxArtists} artists."),
            _ => TrackRows.Join(names),
        };
    }

    private static int Number(int given, string field) => given is >= 0 and <= MaxNumber
        ? given
        : throw new MendException($"The {field} must be 0 to {MaxNumber}.");

    private static string Text(string given, string field)
    {
        var text = ComposedText.Of(PlainText.Of(given)).Trim();
        return text.Length <= MaxTextLength
            ? text
            : throw new MendException($"The {field} is over {MaxTextLength} characters.");
    }
}
