namespace SpotifyCore.Search.Querying;

/// <summary>What tracks can be grouped by.</summary>
public enum SearchGroup
{
    /// <summary>By each of their artists.</summary>
    Artist,

    /// <summary>By their release.</summary>
    Release,
}
