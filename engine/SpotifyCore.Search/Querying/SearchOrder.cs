namespace SpotifyCore.Search.Querying;

/// <summary>What comes first.</summary>
public enum SearchOrder
{
    /// <summary>What answers the query best.</summary>
    Best,

    /// <summary>What is played most.</summary>
    Popular,

    /// <summary>What came last.</summary>
    New,
}
