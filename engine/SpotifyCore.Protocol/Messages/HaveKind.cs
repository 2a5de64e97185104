namespace SpotifyCore.Protocol.Messages;

/// <summary>How much of a file a side holds. The values travel on the wire.</summary>
public enum HaveKind : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>All of it.</summary>
    Whole = 1,

    /// <summary>What the bitmap says, of the chunks that it covers.</summary>
    Part = 2,
}
