namespace SpotifyCore.Playback.Output;

/// <summary>
/// The samples between the player's thread, which writes and waits for room, and the sound card's, which reads and
/// never waits. Lock-free for one of each; allocates at construction only.
/// </summary>
internal sealed class CardBuffer : IDisposable
{
    private readonly float[] _samples;
    private readonly AutoResetEvent _read = new(initialState: false);

    // Counts of floats since the start: written by the player, read by the card, and up to where the card shall skip.
    private long _written;
    private long _taken;
    private long _skipTo;
    private long _shortfall;
    private long _clock;
    private int _paused;

    // Silence counts as a shortfall only once sound follows it: else it was the end, a pause or a seek.
    private long _silence;
    private bool _running;

    public CardBuffer(int samples) => _samples = new float[samples * AudioFormat.Channels];

    /// <summary>Samples per channel written and neither taken by the card nor flushed.</summary>
    public int Held
    {
        get
        {
            var taken = Math.Max(Volatile.Read(ref _taken), Volatile.Read(ref _skipTo));
            return (int)(_written - taken) / AudioFormat.Channels;
        }
    }

    /// <summary>Samples per channel that fit; what was flushed takes up its room until the card skips it.</summary>
    public int Room => (_samples.Length - (int)(_written - Volatile.Read(ref _taken))) / AudioFormat.Channels;

    /// <summary>
    /// Samples per channel of silence that the card got in the middle of the sound because nothing was here.
    /// </summary>
    public long Shortfall => Volatile.Read(ref _shortfall);

    /// <summary>Samples per channel that the card has asked for, silence included.</summary>
    public long Clock => Volatile.Read(ref _clock);

    /// <summary>True while the card is to be given silence and the samples stay.</summary>
    public bool Paused
    {
        get => Volatile.Read(ref _paused) != 0;
        set => Volatile.Write(ref _paused, value ? 1 : 0);
    }

    /// <summary>Copies in what fits, and says how many floats that was. For the player's thread.</summary>
    public int Write(ReadOnlySpan<float> interleaved)
    {
        var room = _samples.Length - (int)(_written - Volatile.Read(ref _taken));
        var fitting = Math.Min(room, interleaved.Length);
        var start = (int)(_written % _samples.Length);
        var straight = Math.Min(fitting, _samples.Length - start);
        interleaved[..straight].CopyTo(_samples.AsSpan(start));
        interleaved[straight..fitting].CopyTo(_samples);
        Volatile.Write(ref _written, _written + fitting);
        return fitting;
    }

    /// <summary>
    /// Waits until the card has read; false when it does not within <paramref name="patience"/>. For the
    /// player's thread.
    /// </summary>
    public bool WaitForRead(TimeSpan patience) => _read.WaitOne(patience);

    /// <summary>Has the card skip all that is here. For the player's thread.</summary>
    public void Flush() => Volatile.Write(ref _skipTo, _written);

    /// <summary>Fills the card's block, with silence where there is nothing. For the card's thread.</summary>
    public void Read(Span<float> interleaved)
    {
        // In this order: what is skipped to was written before.
        var skipTo = Volatile.Read(ref _skipTo);
        var written = Volatile.Read(ref _written);
        var from = Math.Max(_taken, skipTo);
        if (from > _taken)
            _running = false;

        var count = Paused ? 0 : (int)Math.Min(written - from, interleaved.Length);
        var start = (int)(from % _samples.Length);
        var straight = Math.Min(count, _samples.Length - start);
        _samples.AsSpan(start, straight).CopyTo(interleaved);
        _samples.AsSpan(0, count - straight).CopyTo(interleaved[straight..]);
        interleaved[count..].Clear();
        CountShortfall(count, interleaved.Length);
        Volatile.Write(ref _taken, from + count);
        Volatile.Write(ref _clock, _clock + (interleaved.Length / AudioFormat.Channels));
        _read.Set();
    }

    public void Dispose() => _read.Dispose();

    private void CountShortfall(int count, int wanted)
    {
        if (Paused || !_running)
            _silence = 0;
        else if (count > 0 && _silence > 0)
        {
            Volatile.Write(ref _shortfall, _shortfall + (_silence / AudioFormat.Channels));
            _silence = 0;
        }

        _running |= count > 0;
        _silence += wanted - count;
    }
}
