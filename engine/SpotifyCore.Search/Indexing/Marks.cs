namespace SpotifyCore.Search.Indexing;

/// <summary>Characters for private use that set terms of one meaning apart from words.</summary>
internal static class Marks
{
    /// <summary>Before the key of a title.</summary>
    public const char Title = '\ue000';

    /// <summary>Before the key of an artist or of an artist's other name.</summary>
    public const char Artist = '\ue001';

    /// <summary>Before the key of a release's title.</summary>
    public const char Album = '\ue004';

    /// <summary>Before a year.</summary>
    public const char Year = '\ue002';

    /// <summary>Before a word of a genre.</summary>
    public const char Genre = '\ue003';
}
