namespace SpotifyCore.Cli.Finding;

/// <summary>What somebody meant.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Tracks">The ids, in the order to play them.</param>
internal sealed record Found(string Name, IReadOnlyList<string> Tracks);
