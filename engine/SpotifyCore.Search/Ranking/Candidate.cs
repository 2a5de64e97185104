namespace SpotifyCore.Search.Ranking;

/// <summary>An entry that may be meant.</summary>
/// <param name="Place">Its rank in the index.</param>
/// <param name="Id">Its id.</param>
/// <param name="Score">More is better.</param>
internal readonly record struct Candidate(long Place, string Id, double Score);
