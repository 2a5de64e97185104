using System.Buffers.Binary;

namespace SpotifyCore.Codec.Ogg;

/// <summary>The identification header of an Ogg Opus stream (RFC 7845 section 5.1), for mono and stereo.</summary>
/// <param name="Channels">1 or 2.</param>
/// <param name="PreSkip">Samples at 48 kHz that the decoder drops at the start.</param>
/// <param name="InputRate">Rate of the source, for people; the stream itself is always 48 kHz.</param>
/// <param name="OutputGain">Gain that the decoder applies, in 1/256 dB.</param>
internal readonly record struct OpusHead(int Channels, ushort PreSkip, uint InputRate, short OutputGain)
{
    /// <summary>
    /// Length of the wire form that is written, little-endian: "OpusHead", u8 version 1, u8 channels,
    /// u16 pre-skip, u32 input rate, i16 output gain, u8 mapping family 0.
    /// </summary>
    public const int Size = 19;

    internal static ReadOnlySpan<byte> Magic => "OpusHead"u8;

    /// <summary>Writes the wire form to the front of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination)
    {
        Magic.CopyTo(destination);
        destination[8] = 1;
        destination[9] = (byte)Channels;
        BinaryPrimitives.WriteUInt16LittleEndian(destination[10..], PreSkip);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], InputRate);
        BinaryPrimitives.WriteInt16LittleEndian(destination[16..], OutputGain);
        destination[18] = 0;
    }

    /// <summary>Reads a header packet.</summary>
    /// <exception cref="InvalidDataException">It is none, or is of a version or a number of channels not played
    /// here.</exception>
    public static OpusHead Read(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < Size || !packet.StartsWith(Magic))
            throw new InvalidDataException("The stream does not begin with an Opus header.");

        // The upper half of the version changes when old readers can't read on (RFC 7845 section 5.1).
        if ((packet[8] & 0xF0) != 0)
            throw new InvalidDataException($"Opus header version {packet[8]} is not known.");

        var channels = packet[9];
        if (channels is not (1 or 2) || !IsOnePlainStream(packet))
            throw new InvalidDataException("Only mono and stereo Opus streams are played.");

        return new OpusHead(
            channels,
            BinaryPrimitives.ReadUInt16LittleEndian(packet[10..]),
            BinaryPrimitives.ReadUInt32LittleEndian(packet[12..]),
            BinaryPrimitives.ReadInt16LittleEndian(packet[16..]));
    }

    // Mapping family 1 with one stream, channels in order, is the same sound as family 0.
    private static bool IsOnePlainStream(ReadOnlySpan<byte> packet)
    {
        if (packet[18] == 0)
            return true;

        var channels = packet[9];
        return packet[18] == 1 && packet.Length >= 21 + channels && packet[19] == 1 && packet[20] == channels - 1
            && packet[21] == 0 && (channels == 1 || packet[22] == 1);
    }
}
