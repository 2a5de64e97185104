using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Sessions;

/// <summary>A request that waits to be served, or is being served.</summary>
public struct ServingItem
{
    /// <summary>What was asked.</summary>
    public PeerMessage Request;

    /// <summary>When the answer stops being of use.</summary>
    public Instant Deadline;

    /// <summary>True once whoever asked gave it up.</summary>
    public bool Cancelled;

    /// <summary>Chunks, or bytes of the manifest, that were sent.</summary>
    public uint Sent;

    /// <summary>The manifest that is being sent.</summary>
    public Manifest? Manifest;

    /// <summary>How many requests came before it.</summary>
    internal long Arrival;

    /// <summary>The place of the item behind this one, or -1.</summary>
    internal int Behind;

    /// <summary>The chunk to send next.</summary>
    public readonly uint Next => Request.Chunk + Sent;

    /// <summary>The next chunks to send.</summary>
    internal readonly ChunkRequest Range(uint count) =>
        new(Request.File, Next, count, Request.Priority, Deadline, Request.LocalOnly);

    /// <summary>Chunks not sent yet.</summary>
    public readonly uint Left => Request.Count - Sent;
}
