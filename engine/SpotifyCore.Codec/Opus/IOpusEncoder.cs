namespace SpotifyCore.Codec.Opus;

/// <summary>Encodes 48 kHz PCM to Opus packets of one stream. Not safe for two threads at once.</summary>
public interface IOpusEncoder : IDisposable
{
    /// <summary>The complexity that all encode at: the highest.</summary>
    internal const int FullComplexity = 10;

    /// <summary>Channels in the input, 1 or 2.</summary>
    int Channels { get; }

    /// <summary>Samples at 48 kHz by which the output lags the input: the stream's pre-skip.</summary>
    int Lookahead { get; }

    /// <summary>Encodes one frame of interleaved 16-bit samples; libopus allocates nothing for it.</summary>
    /// <param name="interleaved">2.5, 5, 10, 20, 40 or 60 ms.</param>
    /// <param name="packet">Room for the packet; 1,275 bytes always suffice for 20 ms.</param>
    /// <returns>Bytes of the packet.</returns>
    /// <exception cref="ArgumentException">The frame has another length, or the packet does not fit.</exception>
    int Encode(ReadOnlySpan<short> interleaved, Span<byte> packet);
}
