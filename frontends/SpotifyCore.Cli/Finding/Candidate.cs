namespace SpotifyCore.Cli.Finding;

/// <summary>Something that was typed may mean.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The id of a track or an album; an artist's name.</param>
/// <param name="Name">Its own name, to compare with what was typed.</param>
/// <param name="Line">What to show of it.</param>
internal sealed record Candidate(CandidateKind Kind, string Id, string Name, string Line);
