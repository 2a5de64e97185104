namespace SpotifyCore.Search.Indexing;

/// <summary>What is found: a track with the names it has.</summary>
public sealed record SearchEntry
{
    /// <summary>Names it to whoever asks.</summary>
    public required string Id { get; init; }

    /// <summary>As its release has it.</summary>
    public required string Title { get; init; }

    /// <summary>Who plays it; the release's artists too.</summary>
    public IReadOnlyList<string> Artists { get; init; } = [];

    /// <summary>Other names of the artists: how they are sorted, how they are written in Latin letters.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The release's title, or empty.</summary>
    public string Album { get; init; } = "";

    /// <summary>Names the release to whoever asks, or empty: releases of one title may be several.</summary>
    public string Release { get; init; } = "";

    /// <summary>The larger, the later it came.</summary>
    public long Added { get; init; }

    /// <summary>When it was released; 0 for unknown.</summary>
    public int Year { get; init; }

    /// <summary>Its genre, or empty.</summary>
    public string Genre { get; init; } = "";

    /// <summary>How often it was played.</summary>
    public long Plays { get; init; }
}
