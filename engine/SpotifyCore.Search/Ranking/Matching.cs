namespace SpotifyCore.Search.Ranking;

/// <summary>How a term occurs among an entry's.</summary>
internal enum Matching
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>One begins with it.</summary>
    Beginning,

    /// <summary>As it is.</summary>
    Whole,
}
