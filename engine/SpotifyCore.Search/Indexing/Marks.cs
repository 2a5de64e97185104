namespace SpotifyCore.Search.Indexing;

/// <summary>The first character of every term: what it is a term of. An entry's terms stand in this order.</summary>
internal static class Marks
{
    /// <summary>Before the key of a title.</summary>
    public const char TitleKey = '0';

    /// <summary>Before the key of an artist or of an artist's other name.</summary>
    public const char ArtistKey = '1';

    /// <summary>Before the key of a release's title.</summary>
    public const char AlbumKey = '2';

    /// <summary>Before a word of a title.</summary>
    public const char TitleWord = '3';

    /// <summary>Before a word of an artist's name or other name.</summary>
    public const char ArtistWord = '4';

    /// <summary>Before a word of a release's title.</summary>
    public const char AlbumWord = '5';

    /// <summary>Before a year, of four digits.</summary>
    public const char Year = '6';

    /// <summary>Before a word of a genre.</summary>
    public const char Genre = '7';

    /// <summary>Before the release's id.</summary>
    public const char Release = '8';

    /// <summary>Before the entry's id: the last of its terms.</summary>
    public const char Id = '9';
}
