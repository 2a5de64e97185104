namespace SpotifyCore.Protocol.Frames;

/// <summary>Cuts whole frames off the front of what was received, without copying their payloads.</summary>
public static class FrameReader
{
    /// <summary>Takes the next frame; leaves <paramref name="received"/> untouched while it is incomplete.</summary>
    /// <exception cref="ProtocolException">The payload is too long or the kind is unknown.</exception>
    public static bool TryRead(ref ReadOnlySpan<byte> received, out Frame frame)
    {
        frame = default;
        if (received.Length < FrameHeader.Size)
            return false;

        var header = FrameHeader.Read(received);
        if (received.Length - FrameHeader.Size < header.PayloadLength)
            return false;

        frame = new Frame(header, received.Slice(FrameHeader.Size, header.PayloadLength));
        received = received[(FrameHeader.Size + header.PayloadLength)..];
        return true;
    }
}
