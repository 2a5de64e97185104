namespace SpotifyCore.Cli.Finding;

/// <summary>What words can name.</summary>
internal enum CandidateKind
{
    /// <summary>One track.</summary>
    Track,

    /// <summary>An album with all its tracks.</summary>
    Album,

    /// <summary>An artist with all tracks.</summary>
    Artist,
}
