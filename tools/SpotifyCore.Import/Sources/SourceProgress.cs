namespace SpotifyCore.Import.Sources;

/// <summary>
/// How far the work on one source has come. Whoever works on it writes, whoever shows it reads: safe for many threads.
/// </summary>
/// <param name="source">The file.</param>
internal sealed class SourceProgress(SourceFile source)
{
    private const int BytesPerSecondAndChannel = 48_000 * sizeof(short);

    private volatile string _title = source.Name;
    private volatile int _channels = 1;
    private long _lengthTicks;
    private long _decoded;
    private long _decodedTicks;
    private long _encoded;
    private long _encodedTicks;

    /// <summary>The file.</summary>
    public SourceFile Source => source;

    /// <summary>Its title, once its tags were read; before, its name.</summary>
    public string Title => _title;

    /// <summary>How long it sounds: as it says until it is decoded, then exactly; zero while nothing says.</summary>
    public TimeSpan Length => TimeSpan.FromTicks(Interlocked.Read(ref _lengthTicks));

    /// <summary>Bytes of music decoded: PCM of 16 bit and 48 kHz.</summary>
    public long DecodedBytes => Interlocked.Read(ref _decoded);

    /// <summary>The decoding so far.</summary>
    public PassProgress Decoding => Pass(ref _decoded, ref _decodedTicks);

    /// <summary>The encodings so far.</summary>
    public PassProgress Encoding => Pass(ref _encoded, ref _encodedTicks);

    /// <summary>Its tags and form are known.</summary>
    public void Probed(SourceFacts facts)
    {
        _title = facts.Tags.Title;
        _channels = facts.Sound.Channels;
        Interlocked.Exchange(ref _lengthTicks, facts.Sound.Likely?.Ticks ?? 0);
    }

    /// <summary>So many bytes more are decoded, which took so long.</summary>
    public void Decoded(int bytes, TimeSpan took)
    {
        Interlocked.Add(ref _decoded, bytes);
        Interlocked.Add(ref _decodedTicks, took.Ticks);
    }

    /// <summary>It is decoded to its end.</summary>
    public void Spooled(PcmSpool pcm) => Interlocked.Exchange(ref _lengthTicks, pcm.Duration.Ticks);

    /// <summary>So many bytes more are encoded to one of its files, which took so long.</summary>
    public void Encoded(int bytes, TimeSpan took)
    {
        Interlocked.Add(ref _encoded, bytes);
        Interlocked.Add(ref _encodedTicks, took.Ticks);
    }

    private PassProgress Pass(ref long bytes, ref long ticks) => new(
        TimeSpan.FromSeconds(Interlocked.Read(ref bytes) / ((double)BytesPerSecondAndChannel * _channels)),
        TimeSpan.FromTicks(Interlocked.Read(ref ticks)));
}
