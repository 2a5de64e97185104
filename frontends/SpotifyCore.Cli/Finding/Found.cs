namespace SpotifyCore.Cli.Finding;

/// <summary>What somebody meant.</summary>
/// <param name="Name">What to call all of it; empty where it has no name.</param>
/// <param name="Tracks">The ids, in the order to play them.</param>
internal sealed record Found(string Name, IReadOnlyList<string> Tracks)
{
    /// <summary>The id of the album that it is; empty where it is none.</summary>
    public string Album { get; init; } = "";

    /// <summary>What of it is missing, as a line for the listener; empty when nothing is.</summary>
    public string Note { get; init; } = "";
}
