namespace SpotifyCore.Import.Tags.Fields;

/// <summary>
/// What the tags of a file say of its track, whatever the format: plain text in composed form, empty or 0 where nothing
/// is said.
/// </summary>
internal sealed record SourceTags
{
    /// <summary>The title.</summary>
    public string Title { get; init; } = "";

    /// <summary>Who is heard, each apart where the tags have them so.</summary>
    public IReadOnlyList<string> Artists { get; init; } = [];

    /// <summary>Title of the release.</summary>
    public string Album { get; init; } = "";

    /// <summary>Whose release it is, each apart where the tags have them so.</summary>
    public IReadOnlyList<string> AlbumArtists { get; init; } = [];

    /// <summary>Genres by name, the one that says most first.</summary>
    public IReadOnlyList<string> Genres { get; init; } = [];

    /// <summary>When it was released: this edition, else the first.</summary>
    public int Year { get; init; }

    /// <summary>When it was released first; 0 where that is not said apart.</summary>
    public int OriginalYear { get; init; }

    /// <summary>
    /// The number on its disc. On the second and each further side of a record it is a hundred higher: A1, A2, B1 are
    /// 1, 2, 101.
    /// </summary>
    public int Number { get; init; }

    /// <summary>Tracks of the disc.</summary>
    public int TrackTotal { get; init; }

    /// <summary>The side of a record, 1 for A.</summary>
    public int Side { get; init; }

    /// <summary>Number of the disc.</summary>
    public int Disc { get; init; }

    /// <summary>Discs of the release.</summary>
    public int DiscTotal { get; init; }

    /// <summary>Title of the disc.</summary>
    public string DiscSubtitle { get; init; } = "";

    /// <summary>Who composed it.</summary>
    public IReadOnlyList<string> Composers { get; init; } = [];

    /// <summary>International standard recording codes: 12 letters and digits, without hyphens.</summary>
    public IReadOnlyList<string> Isrcs { get; init; } = [];

    /// <summary>A comment.</summary>
    public string Comment { get; init; } = "";

    /// <summary>True where the tags say that tracks of several artists make the release.</summary>
    public bool IsCompilation { get; init; }

    /// <summary>The title as it is sorted.</summary>
    public string TitleSort { get; init; } = "";

    /// <summary>The artists as they are sorted.</summary>
    public IReadOnlyList<string> ArtistSorts { get; init; } = [];

    /// <summary>The release's title as it is sorted.</summary>
    public string AlbumSort { get; init; } = "";

    /// <summary>The release's artists as they are sorted.</summary>
    public IReadOnlyList<string> AlbumArtistSorts { get; init; } = [];

    /// <summary>What MusicBrainz calls it.</summary>
    public MusicBrainzIds MusicBrainz { get; init; } = new();

    /// <summary>The picture: the front cover, else the best there is.</summary>
    public TagPicture? Picture { get; init; }
}
