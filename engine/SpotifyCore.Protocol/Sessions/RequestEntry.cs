using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Protocol.Sessions;

/// <summary>A request in flight and what must come next for it.</summary>
internal struct RequestEntry
{
    public PeerMessageKind Kind;
    public RequestPhase Phase;
    public bool Cancelled;

    /// <summary>True once a chunk shorter than 16 KiB came: it was the file's last.</summary>
    public bool Short;
    public FileId File;

    /// <summary>The chunk that comes next, or is coming.</summary>
    public uint Next;

    /// <summary>The chunk after the last asked for.</summary>
    public uint End;

    /// <summary>Bytes that have come of the chunk or manifest that is coming.</summary>
    public uint Offset;

    /// <summary>Its whole length, once <see cref="Offset"/> is not 0.</summary>
    public uint Total;
}
