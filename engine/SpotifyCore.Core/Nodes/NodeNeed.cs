namespace SpotifyCore.Core.Nodes;

/// <summary>How much production is wanted.</summary>
internal enum NodeNeed : byte
{
    /// <summary>Nothing plays: the best node is kept connected for the next click.</summary>
    None = 0,

    /// <summary>Something plays.</summary>
    Playing,

    /// <summary>A listener waits for the next chunk.</summary>
    Waiting,
}
