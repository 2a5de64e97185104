namespace SpotifyCore.Backend.Mending;

/// <summary>What is to be changed of a track or a release, checked by <see cref="EntryEditReader"/>; null is to stay.</summary>
internal sealed record EntryEdit
{
    /// <summary>The title.</summary>
    public string? Title { get; init; }

    /// <summary>The artists, joined.</summary>
    public string? Artists { get; init; }

    /// <summary>The title of a release, or of the one that a track is to be on.</summary>
    public string? Album { get; init; }

    /// <summary>The id of the release that a track is to be on.</summary>
    public string? Release { get; init; }

    /// <summary>The disc.</summary>
    public int? Disc { get; init; }

    /// <summary>The number.</summary>
    public int? Number { get; init; }

    /// <summary>The year.</summary>
    public int? Year { get; init; }

    /// <summary>The genre.</summary>
    public string? Genre { get; init; }
}
