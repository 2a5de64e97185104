namespace SpotifyCore.Codec.Opus;

/// <summary>What is the same of all Opus sound here, whichever library makes it.</summary>
public static class OpusFormat
{
    /// <summary>Samples a second of all PCM, per channel.</summary>
    public const int SampleRate = 48_000;

    /// <summary>The longest packet in samples per channel: 120 ms (RFC 6716 section 3.2.5).</summary>
    public const int MaxPacketSamples = 5_760;
}
