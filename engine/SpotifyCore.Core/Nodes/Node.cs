using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Nodes;

/// <summary>One production node, connected or not.</summary>
/// <param name="address">Where it is.</param>
internal sealed class Node(NodeAddress address)
{
    public NodeAddress Address { get; } = address;

    /// <summary>The connection to it, open or being opened.</summary>
    public Link? Link { get; set; }

    /// <summary>Failures in a row.</summary>
    public int Failures { get; set; }

    /// <summary>When it failed last.</summary>
    public Instant FailedAt { get; set; }

    /// <summary>Not to be connected before.</summary>
    public Instant PausedUntil { get; set; }

    /// <summary>A file that it said it lacks.</summary>
    public FileId LackedFile { get; set; }

    /// <summary>Until when that is believed.</summary>
    public Instant LacksUntil { get; set; }

    public bool Lacks(FileId file, Instant now) => now < LacksUntil && LackedFile == file;
}
