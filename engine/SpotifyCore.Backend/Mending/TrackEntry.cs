namespace SpotifyCore.Backend.Mending;

/// <summary>A track with what is told of it and what is shown.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Id">Its id.</param>
internal sealed record TrackEntry(long Row, string Id)
{
    /// <summary>What is shown of it.</summary>
    public required TrackValues Shown { get; init; }

    /// <summary>What its sources say.</summary>
    public required TrackValues Told { get; init; }

    /// <summary>The release that it is shown on, or was before it was taken out; empty where it is on none.</summary>
    public required string Release { get; init; }

    /// <summary>That release's title.</summary>
    public required string ReleaseTitle { get; init; }

    /// <summary>Whose that release is, joined.</summary>
    public required string ReleaseArtists { get; init; }

    /// <summary>The release that it would be on if it was put on none by hand; empty for none.</summary>
    public required string ToldRelease { get; init; }

    /// <summary>What its sources call their release; empty where they are on none.</summary>
    public required string ToldReleaseTitle { get; init; }

    /// <summary>Whose their release is, joined.</summary>
    public required string ToldReleaseArtists { get; init; }

    /// <summary>The mend that took it out; 0 where it is in.</summary>
    public required long Removed { get; init; }

    /// <summary>The track that it is one with; empty where it stands for itself.</summary>
    public required string Merged { get; init; }

    /// <summary>The names of the fields that are shown as they were mended.</summary>
    public required IReadOnlyList<string> Mended { get; init; }

    /// <summary>Its sound.</summary>
    public required string Recording { get; init; }

    /// <summary>How long that is.</summary>
    public required int Milliseconds { get; init; }

    /// <summary>How often it was played, with those that are one with it.</summary>
    public required long Plays { get; init; }
}
