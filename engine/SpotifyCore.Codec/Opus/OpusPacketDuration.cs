namespace SpotifyCore.Codec.Opus;

/// <summary>How long a packet sounds, read from its first bytes (RFC 6716 section 3.1).</summary>
internal static class OpusPacketDuration
{
    /// <summary>Samples per channel at 48 kHz, at most 5,760. Allocates nothing.</summary>
    /// <exception cref="InvalidDataException">The packet is empty, cut short or longer than 120 ms.</exception>
    public static int Of(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty)
            throw new InvalidDataException("An Opus packet is empty.");

        var samples = FrameSamples(packet[0] >> 3) * FrameCount(packet);
        return samples is > 0 and <= OpusFormat.MaxPacketSamples
            ? samples
            : throw new InvalidDataException("An Opus packet lasts no time or over 120 ms.");
    }

    private static int FrameCount(ReadOnlySpan<byte> packet) => (packet[0] & 3) switch
    {
        0 => 1,
        1 or 2 => 2,
        _ when packet.Length < 2 => throw new InvalidDataException("An Opus packet is cut short."),
        _ => packet[1] & 0x3F,
    };

    // Configurations: 0-11 SILK 10 to 60 ms, 12-15 hybrid 10 and 20 ms, 16-31 CELT 2.5 to 20 ms.
    private static int FrameSamples(int configuration) => configuration switch
    {
        < 12 => (configuration & 3) == 3 ? 2_880 : 480 << (configuration & 3),
        < 16 => 480 << (configuration & 1),
        _ => 120 << (configuration & 3),
    };
}
