namespace SpotifyCore.Client.Offline;

/// <summary>An album or a track that is kept offline, or is to be.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Artists">Who performs it.</param>
public sealed record OfflineItem(OfflineKind Kind, string Id, string Title, IReadOnlyList<string> Artists)
{
    /// <summary>How many tracks it has.</summary>
    public int Tracks { get; init; }

    /// <summary>How many of them are here whole.</summary>
    public int Kept { get; init; }

    /// <summary>Why one of the others can't be kept; empty where all can, or are.</summary>
    public string Problem { get; init; } = "";

    /// <summary>True once all of it is here.</summary>
    public bool IsKept => Kept == Tracks;
}
