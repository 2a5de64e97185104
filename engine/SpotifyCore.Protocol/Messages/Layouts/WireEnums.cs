using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Protocol.Messages.Layouts;

/// <summary>Checks of the values that several layouts hold.</summary>
internal static class WireEnums
{
    public static RequestPriority Priority(byte value)
    {
        ProtocolException.ThrowIf(value > (byte)RequestPriority.OfflineSync, ProtocolCode.Malformed);
        return (RequestPriority)value;
    }

    public static bool LocalOnly(byte flags)
    {
        ProtocolException.ThrowIf(flags > 1, ProtocolCode.Malformed);
        return flags == 1;
    }

    public static Tier Tier(byte value)
    {
        ProtocolException.ThrowIf(
            value is (byte)Content.Sources.Tier.None or > (byte)Content.Sources.Tier.Master, ProtocolCode.Malformed);
        return (Tier)value;
    }

    public static PeerRole Role(byte value)
    {
        ProtocolException.ThrowIf(value is 0 or > (byte)PeerRole.Import, ProtocolCode.Malformed);
        return (PeerRole)value;
    }

    public static HaveKind Holding(byte value)
    {
        ProtocolException.ThrowIf(value > (byte)HaveKind.Part, ProtocolCode.Malformed);
        return (HaveKind)value;
    }

    public static PutState Put(byte value)
    {
        ProtocolException.ThrowIf(value > (byte)PutState.AlreadyHeld, ProtocolCode.Malformed);
        return (PutState)value;
    }

    public static void ThrowIfBadPiece(uint chunk, int offset, int total, int length)
    {
        ProtocolException.ThrowIf(chunk >= PeerMessage.MaxChunks, ProtocolCode.BadRange);
        ProtocolException.ThrowIf(
            total > Manifest.ChunkSize || length == 0 || offset + length > total, ProtocolCode.Malformed);
    }
}
