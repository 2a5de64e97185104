using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Uploads;

/// <summary>
/// How fast a client may give: a token bucket whose rate is set, or found by measuring. The rate grows while it holds
/// uploads back; once the line is full, it falls to a share of what went out; it falls at once when the line's delay
/// grows. Full is a line by what has left over it: what does not leave says nothing of it. Who sends lets the bytes
/// leave at <see cref="Pace"/>. Owned by the upload queue.
/// </summary>
/// <param name="uploads">Says how it is found, or what it is; may change at any time.</param>
internal sealed class UplinkCap(UploadOptions uploads)
{
    private readonly UplinkOptions _options = uploads.Uplink;
    private readonly BaseDelay _rest = new(uploads.Uplink.DelayMinutes);
    private double _measured = uploads.Uplink.FirstBytesPerSecond;
    private double _tokens = Manifest.ChunkSize;
    private Instant _filledAt;
    private Instant _windowAt;
    private Instant _busyUntil;
    private Instant _delayAt;
    private TimeSpan _busy;
    private TimeSpan _delay;
    private long _sent;
    private bool _held;
    private bool _isMeasured;
    private bool _wasFull;

    /// <summary>Bytes a second that may be given now.</summary>
    public double BytesPerSecond => uploads.MaxBytesPerSecond > 0 ? uploads.MaxBytesPerSecond : _measured;

    /// <summary>True where measuring has found the rate; else it is set, or what one begins with.</summary>
    public bool IsMeasured => uploads.MaxBytesPerSecond <= 0 && _isMeasured;

    /// <summary>Bytes a second at which what was let go may leave.</summary>
    public double Pace => BytesPerSecond * _options.PaceFactor;

    /// <summary>Bytes a second given in the last whole window.</summary>
    public double Sent { get; private set; }

    /// <summary>True when the line's delay, measured lately, says that it is full.</summary>
    public bool IsDelayed(Instant now) =>
        _delay >= _options.TargetDelay && now - _delayAt < _options.LongestWindow;

    private TimeSpan Window
    {
        get
        {
            var span = TimeSpan.FromSeconds(_options.ChunksPerWindow * Manifest.ChunkSize / BytesPerSecond);
            var longest = span < _options.LongestWindow ? span : _options.LongestWindow;
            return longest > _options.Window ? longest : _options.Window;
        }
    }

    /// <summary>True when a chunk may be given now; it may take more than is saved up, which is then owed.</summary>
    public bool MayGive(Instant now)
    {
        Fill(now);
        _held |= _tokens <= 0;
        return _tokens > 0;
    }

    /// <summary>When the next chunk may be given; <see cref="Instant.Never"/> when it may be given now.</summary>
    public Instant NextAt(Instant now)
    {
        Fill(now);
        if (_tokens > 0)
            return Instant.Never;

        var wait = TimeSpan.FromSeconds((-_tokens / BytesPerSecond) + 0.001);
        return now + (wait > _options.ShortestWait ? wait : _options.ShortestWait);
    }

    /// <summary>A chunk is on its way.</summary>
    public void Begin(Instant now)
    {
        Fill(now);
        _tokens -= Manifest.ChunkSize;
    }

    /// <summary>A chunk has left, or was not to be had.</summary>
    /// <param name="bytes">How much went out.</param>
    /// <param name="since">Since when the line was busy with it; now where something else held it up.</param>
    /// <param name="now">The time.</param>
    public void End(int bytes, Instant since, Instant now)
    {
        _tokens += Manifest.ChunkSize - bytes;
        _sent += bytes;

        // Longer than the least cap needs for a chunk is not the line's doing.
        if (now - since <= _options.LongestWindow)
        {
            since = since > _busyUntil ? since : _busyUntil;
            _busy += now - (since > _windowAt ? since : _windowAt);
            _busyUntil = now;
        }

        if (now - _windowAt >= Window)
            Judge(now);
    }

    /// <summary>How long something took to cross the line.</summary>
    public void NoteDelay(TimeSpan delay, Instant now)
    {
        _delay = _rest.Add(delay, now);
        _delayAt = now;
        var excess = (_delay / _options.TargetDelay) - 1;
        if (excess <= 0 || uploads.MaxBytesPerSecond > 0)
            return;

        // What was decided is given a window to show before more is.
        _wasFull = true;
        if (now - _windowAt < _options.Window && _windowAt != default)
            return;

        SetRate(BytesPerSecond * (1 - ((1 - _options.BackOff) * Math.Min(1, excess))));
        Begin();
        _windowAt = now;
    }

    private void Judge(Instant now)
    {
        var window = now - _windowAt;
        Sent = _sent / window.TotalSeconds;
        if (uploads.MaxBytesPerSecond <= 0 && window < Window * 4)
        {
            if (_busy >= window * _options.FullShare && _sent < _busy.TotalSeconds * Pace * _options.HeldUpShare)
            {
                _wasFull = true;
                SetRate(_options.Share * Sent);
            }
            else if (_held && _delay < _options.TargetDelay)
            {
                var room = 1 - (_delay / _options.TargetDelay);
                SetRate(BytesPerSecond * (1 + (((_wasFull ? _options.Growth : _options.FirstGrowth) - 1) * room)));
            }
        }

        Begin();
        _windowAt = now;
    }

    private void Begin() => (_sent, _busy, _held) = (0, TimeSpan.Zero, false);

    private void Fill(Instant now)
    {
        var most = Math.Max(Manifest.ChunkSize, BytesPerSecond * _options.Burst.TotalSeconds);
        _tokens = Math.Min(most, _tokens + ((now - _filledAt).TotalSeconds * BytesPerSecond));
        _filledAt = now;
    }

    private void SetRate(double rate)
    {
        _measured = Math.Clamp(rate, _options.LeastBytesPerSecond, _options.MostBytesPerSecond);
        _isMeasured = true;
    }
}
