namespace SpotifyCore.Backend.Mending;

/// <summary>A release with what is told of it and what is shown.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Id">Its id.</param>
/// <param name="Title">The title that is shown.</param>
/// <param name="Artists">Whose it is, joined.</param>
internal sealed record ReleaseEntry(long Row, string Id, string Title, string Artists)
{
    /// <summary>What its sources call it; of one that was made by hand what it was called then.</summary>
    public required string ToldTitle { get; init; }

    /// <summary>Whose they say it is, joined.</summary>
    public required string ToldArtists { get; init; }

    /// <summary>The year that is shown; 0 for none.</summary>
    public required int Year { get; init; }

    /// <summary>The genre that was given to all of it by hand; empty for none.</summary>
    public required string Genre { get; init; }

    /// <summary>How many tracks it shows.</summary>
    public required int Tracks { get; init; }

    /// <summary>The release that it is one with; empty where it stands for itself.</summary>
    public required string Merged { get; init; }

    /// <summary>The names of the fields that are shown as they were mended.</summary>
    public required IReadOnlyList<string> Mended { get; init; }
}
