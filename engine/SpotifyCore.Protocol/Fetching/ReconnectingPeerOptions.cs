namespace SpotifyCore.Protocol.Fetching;

/// <summary>How a connection is made again, and when it is given up.</summary>
public sealed class ReconnectingPeerOptions
{
    /// <summary>What it says of itself, and the limits of each connection.</summary>
    public ChunkClientOptions Connection { get; init; } = new();

    /// <summary>
    /// How long a node that could not be reached is left alone at first, doubled with every failure; zero to try anew
    /// whenever it is asked for.
    /// </summary>
    public TimeSpan FirstPause { get; init; }

    /// <summary>How long it is left alone at most.</summary>
    public TimeSpan LongestPause { get; init; }

    /// <summary>Reads in a row without an answer after which the connection is given up.</summary>
    public int SilentReads { get; init; } = int.MaxValue;
}
