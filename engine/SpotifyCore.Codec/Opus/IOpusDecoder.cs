namespace SpotifyCore.Codec.Opus;

/// <summary>Decodes Opus packets of one stream, in order, to 48 kHz. Not safe for two threads at once.</summary>
public interface IOpusDecoder : IDisposable
{
    /// <summary>Channels in the output, 1 or 2.</summary>
    int Channels { get; }

    /// <summary>Decodes a packet to interleaved float samples; libopus allocates nothing for it.</summary>
    /// <param name="packet">One Opus packet; empty conceals a lost one.</param>
    /// <param name="interleaved">Room for 5,760 samples per channel (120 ms).</param>
    /// <returns>Samples per channel.</returns>
    /// <exception cref="InvalidDataException">The packet is not Opus.</exception>
    int Decode(ReadOnlySpan<byte> packet, Span<float> interleaved);

    /// <summary>Forgets all state, as after a seek.</summary>
    void Reset();
}
