using SpotifyCore.Playback.Output;

namespace SpotifyCore.Playback.Tests;

/// <summary>
/// Keeps what it is given. With a clock it is a card of endless buffer that sounds at the clock's pace; without, it
/// keeps no pace. Its samples may be read once the player is at rest or gone.
/// </summary>
internal sealed class CaptureOutput(TimeProvider? clock = null) : IAudioOutput
{
    private readonly List<float> _samples = [];
    private readonly object _gate = new();
    private readonly long _origin = clock?.GetTimestamp() ?? 0;
    private long _emptyAt;
    private int _held;
    private bool _paused;
    private volatile bool _isStuck;

    public bool IsRealTime => clock is not null;

    public int Pending => clock is null ? 0 : _paused || _isStuck ? _held : (int)Math.Max(0, _emptyAt - Now);

    public int Room => int.MaxValue;

    /// <summary>Refuses everything from this many samples per channel on.</summary>
    public int FullAt { get; init; } = int.MaxValue;

    /// <summary>Refuses to drain: the card is gone.</summary>
    public bool IsGone { get; init; }

    public int Flushes { get; private set; }

    public int Drains { get; private set; }

    public int Count
    {
        get
        {
            lock (_gate)
                return _samples.Count / AudioFormat.Channels;
        }
    }

    private long Now => clock is null
        ? 0
        : (long)((Int128)(clock.GetTimestamp() - _origin) * AudioFormat.SampleRate / clock.TimestampFrequency);

    public float[] Samples()
    {
        lock (_gate)
            return [.. _samples];
    }

    /// <summary>Waits until so many samples per channel have come.</summary>
    public void WaitFor(int count)
    {
        lock (_gate)
        {
            while (_samples.Count < count * AudioFormat.Channels)
                Assert.True(Monitor.Wait(_gate, TimeSpan.FromSeconds(30)), $"only {_samples.Count / 2} samples came");
        }
    }

    public void Write(ReadOnlySpan<float> interleaved)
    {
        if (Count >= FullAt)
            throw new IOException("full");

        var samples = interleaved.Length / AudioFormat.Channels;
        if (_paused)
            _held += samples;
        else
            _emptyAt = Math.Max(_emptyAt, Now) + samples;

        lock (_gate)
        {
            _samples.AddRange(interleaved);
            Monitor.PulseAll(_gate);
        }
    }

    public void Flush()
    {
        Flushes++;
        _emptyAt = Now;
        _held = 0;
    }

    public void Drain()
    {
        Drains++;
        if (IsGone)
            throw new IOException("gone");
    }

    /// <summary>The card takes nothing more of what it holds.</summary>
    public void Stick()
    {
        _held = Pending;
        _isStuck = true;
    }

    public void SetPaused(bool paused)
    {
        if (paused && !_paused)
            _held = Pending;
        else if (!paused && _paused)
            _emptyAt = Now + _held;

        _paused = paused;
    }

    public void Dispose()
    {
    }
}
