namespace SpotifyCore.Import.Tags.Fields;

/// <summary>Ids of MusicBrainz; null or empty where there are none.</summary>
internal sealed record MusicBrainzIds
{
    /// <summary>The recording, which tags often name the track.</summary>
    public Guid? Recording { get; init; }

    /// <summary>The track: a recording's place on one release.</summary>
    public Guid? Track { get; init; }

    /// <summary>The release.</summary>
    public Guid? Release { get; init; }

    /// <summary>The release group: all editions of an album.</summary>
    public Guid? ReleaseGroup { get; init; }

    /// <summary>The artists, in the order of their names.</summary>
    public IReadOnlyList<Guid> Artists { get; init; } = [];

    /// <summary>The release's artists, in the order of their names.</summary>
    public IReadOnlyList<Guid> AlbumArtists { get; init; } = [];

    /// <summary>Reads the ids; what is not one is left out, and ID3v2.3 has several in one text.</summary>
    public static MusicBrainzIds Of(TagFields fields) => new()
    {
        Recording = Find(fields[TagField.RecordingId]),
        Track = Find(fields[TagField.TrackId]),
        Release = Find(fields[TagField.ReleaseId]),
        ReleaseGroup = Find(fields[TagField.ReleaseGroupId]),
        Artists = [.. Read(fields[TagField.ArtistId])],
        AlbumArtists = [.. Read(fields[TagField.AlbumArtistId])],
    };

    private static Guid? Find(IReadOnlyList<string> texts) =>
        Read(texts).Select(static id => (Guid?)id).FirstOrDefault();

    private static IEnumerable<Guid> Read(IReadOnlyList<string> texts) => texts
        .SelectMany(static text => text.Split('/', ';', ',', ' '))
        .Select(static part => Guid.TryParseExact(part, "D", out var id) ? id : Guid.Empty)
        .Where(static id => id != Guid.Empty);
}
