namespace SpotifyCore.Protocol.Messages;

/// <summary>How a put goes on. The values travel on the wire.</summary>
public enum PutState : byte
{
    /// <summary>The chunks are wanted.</summary>
    SendChunks = 0,

    /// <summary>The file is held already; the put is over.</summary>
    AlreadyHeld = 1,
}
