namespace SpotifyCore.Playback.Output;

/// <summary>
/// Drops samples at the pace they would sound, as a sound card with a buffer of a given length takes them.
/// </summary>
internal sealed class NullOutput : IAudioOutput
{
    private readonly TimeProvider _time;
    private readonly int _capacity;
    private readonly long _origin;
    private readonly AutoResetEvent _due = new(initialState: false);
    private readonly ITimer _timer;

    // When the buffer runs empty, in samples since the origin; while paused, what it holds instead.
    private long _emptyAt;
    private int _held;
    private bool _paused;

    /// <summary>Makes a card with <paramref name="buffer"/> of room, running on <paramref name="time"/>.</summary>
    public NullOutput(TimeSpan buffer, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThan(buffer, TimeSpan.FromMilliseconds(1));
        _time = time;
        _capacity = AudioFormat.SamplesIn(buffer);
        _origin = time.GetTimestamp();
        _timer = time.CreateTimer(
            static due => ((AutoResetEvent)due!).Set(), _due, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public bool IsRealTime => true;

    /// <inheritdoc/>
    public int Pending => _paused ? _held : (int)Math.Max(0, _emptyAt - Now);

    /// <inheritdoc/>
    public int Room => _capacity - Pending;

    private long Now =>
        (long)((Int128)(_time.GetTimestamp() - _origin) * AudioFormat.SampleRate / _time.TimestampFrequency);

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<float> interleaved)
    {
        var samples = interleaved.Length / AudioFormat.Channels;
        while (samples > 0)
        {
            var block = Math.Min(samples, _capacity);
            WaitUntilHolding(_capacity - block);
            Take(block);
            samples -= block;
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        _held = 0;
        _emptyAt = Now;
    }

    /// <inheritdoc/>
    public void Drain() => WaitUntilHolding(0);

    /// <inheritdoc/>
    public void SetPaused(bool paused)
    {
        if (paused == _paused)
            return;

        if (paused)
            _held = Pending;
        else
            _emptyAt = Now + _held;

        _paused = paused;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _due.Dispose();
    }

    private void Take(int samples)
    {
        if (_paused)
            _held += samples;
        else
            _emptyAt = Math.Max(_emptyAt, Now) + samples;
    }

    private void WaitUntilHolding(int most)
    {
        for (var excess = Pending - most; excess > 0; excess = Pending - most)
        {
            if (_paused)
                throw new InvalidOperationException("A paused output has no more room.");

            // Timers count whole milliseconds. They fire on the pool, which may be busy, and no card would wait for it:
            // the thread wakes by itself after as long, to look at the clock again.
            var wait = TimeSpan.FromMilliseconds((excess + 47) / 48);
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
            _due.WaitOne(wait);
        }
    }
}
