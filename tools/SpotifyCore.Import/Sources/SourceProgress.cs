using SpotifyCore.Import.Encoding;

namespace SpotifyCore.Import.Sources;

/// <summary>
/// How far the work on one source has come. Whoever works on it writes, whoever shows it reads: safe for many threads.
/// </summary>
/// <param name="source">The file.</param>
public sealed class SourceProgress(SourceFile source)
{
    private const int BytesPerSecondAndChannel = 48_000 * sizeof(short);

    // Each sample is handled once to decode it and once for each file that it is encoded to.
    private static readonly int Passes = 1 + EncoderSettings.BitsPerSecond.Count;

    private volatile string _title = source.Name;
    private volatile int _channels = 1;
    private long _lengthTicks;
    private long _decoded;
    private long _encoded;

    /// <summary>The file.</summary>
    public SourceFile Source => source;

    /// <summary>Its title, once its tags were read; before, its name.</summary>
    public string Title => _title;

    /// <summary>How long it sounds: as it says until it is decoded, then exactly; zero while nothing says.</summary>
    public TimeSpan Length => TimeSpan.FromTicks(Interlocked.Read(ref _lengthTicks));

    /// <summary>Bytes of music decoded: PCM of 16 bit and 48 kHz.</summary>
    public long DecodedBytes => Interlocked.Read(ref _decoded);

    /// <summary>The sound that is done, where decoding and each encoding count the same share of it.</summary>
    public TimeSpan Worked => TimeSpan.FromSeconds(
        (DecodedBytes + Interlocked.Read(ref _encoded)) / ((double)BytesPerSecondAndChannel * _channels * Passes));

    /// <summary>Its tags and form are known.</summary>
    public void Probed(SourceFacts facts)
    {
        _title = facts.Tags.Title;
        _channels = facts.Channels;
        Interlocked.Exchange(ref _lengthTicks, facts.Declared?.Ticks ?? 0);
    }

    /// <summary>So many bytes more are decoded.</summary>
    public void Decoded(int bytes) => Interlocked.Add(ref _decoded, bytes);

    /// <summary>It is decoded to its end.</summary>
    public void Spooled(PcmSpool pcm) => Interlocked.Exchange(ref _lengthTicks, pcm.Duration.Ticks);

    /// <summary>So many bytes more are encoded to one of its files.</summary>
    public void Encoded(int bytes) => Interlocked.Add(ref _encoded, bytes);
}
