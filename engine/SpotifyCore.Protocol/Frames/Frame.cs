namespace SpotifyCore.Protocol.Frames;

/// <summary>One whole frame, a view into the receive buffer: valid until more is received.</summary>
public readonly ref struct Frame(FrameHeader header, ReadOnlySpan<byte> payload)
{
    /// <summary>What the frame is.</summary>
    public FrameHeader Header { get; } = header;

    /// <summary>What it carries.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;
}
