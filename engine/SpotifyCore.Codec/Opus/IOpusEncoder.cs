namespace SpotifyCore.Codec.Opus;

/// <summary>Encodes 48 kHz PCM to Opus packets of one stream. Not safe for two threads at once.</summary>
public interface IOpusEncoder : IDisposable
{
    /// <summary>Channels in the input, 1 or 2.</summary>
    int Channels { get; }

    /// <summary>Samples at 48 kHz by which the output lags the input: the stream's pre-skip.</summary>
    int Lookahead { get; }

    /// <summary>Encodes one frame of interleaved 16-bit samples; allocates nothing.</summary>
    /// <param name="interleaved">2.5, 5, 10, 20, 40 or 60 ms.</param>
    /// <param name="packet">Room for the packet; 1,275 bytes always suffice for 20 ms.</param>
    /// <returns>Bytes of the packet.</returns>
    int Encode(ReadOnlySpan<short> interleaved, Span<byte> packet);
}
