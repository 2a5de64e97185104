using SpotifyCore.Simulation.Timing;

namespace SpotifyCore.Simulation.Network;

/// <summary>
/// A host's way out. Its rate is shared evenly by the connections that have something to send (generalised processor
/// sharing, what many TCP flows come to at one bottleneck). A client's chunks leave at its pacer's pace, if that is
/// less: one after the other and piece by piece, so that the line is idle between pieces and nothing waits behind more
/// than one.
/// </summary>
internal sealed class Uplink(SimNetwork network, int host, double bytesPerSecond) : IDue
{
    private readonly List<Job> _jobs = [];
    private double _served;
    private double _finishes;
    private double _last;
    private double _intoPiece;
    private double _pace;
    private bool _isPaced;
    private long _updated;
    private long _due = long.MaxValue;
    private ulong _asked;

    /// <inheritdoc/>
    public int TraceId => host;

    /// <summary>Its rate.</summary>
    public double BytesPerSecond { get; private set; } = bytesPerSecond;

    /// <summary>Bytes on the line ahead of a small message that is sent now.</summary>
    public double Queued
    {
        get
        {
            Update();
            if (_jobs.Count == 0)
                return 0;

            if (!_isPaced)
                return Math.Clamp(_finishes - (_served * _jobs.Count), 0, network.Options.ModemBytes);

            var ofPiece = network.Options.PieceBytes - (_intoPiece * BytesPerSecond / Rate);
            return Math.Clamp(ofPiece, 0, Math.Max(0, _last - _served));
        }
    }

    /// <summary>What a small message waits for the line.</summary>
    public TimeSpan Wait => TimeSpan.FromTicks((long)(Queued / BytesPerSecond * TimeSpan.TicksPerSecond));

    private double Rate => _isPaced ? Math.Min(_pace, BytesPerSecond) : BytesPerSecond;

    private int Sharers => _isPaced ? 1 : _jobs.Count;

    /// <summary>
    /// What is sent leaves at this pace from now on; 0 for as fast as the line takes it. Whether it is paced at all is
    /// decided anew when nothing is on its way.
    /// </summary>
    public void SetPace(double bytesPerSecond)
    {
        Update();
        if (_jobs.Count == 0)
            _isPaced = bytesPerSecond > 0 && bytesPerSecond < BytesPerSecond;

        _pace = bytesPerSecond > 0 ? bytesPerSecond : BytesPerSecond;
        Schedule();
    }

    /// <summary>Changes the rate.</summary>
    public void SetRate(double bytesPerSecond)
    {
        Update();
        BytesPerSecond = bytesPerSecond;
        Schedule();
    }

    /// <summary>Sends so many bytes of a lane, which is told once they have left.</summary>
    public void Begin(SendLane lane, int bytes)
    {
        Update();
        if (_jobs.Count == 0)
            (_served, _finishes, _last, _intoPiece) = (0, 0, 0, 0);

        _last = Math.Max(_served, _isPaced ? _last : 0) + bytes;
        _finishes += _last;
        Add(new Job(_last, ++_asked, lane));
        Schedule();
    }

    /// <summary>Sends no more of a lane; how many of its bytes had not left.</summary>
    public double Abort(SendLane lane)
    {
        for (var i = 0; i < _jobs.Count; i++)
        {
            if (_jobs[i].Lane != lane)
                continue;

            Update();
            var aborted = _jobs[i];
            _finishes -= aborted.Finish;
            RemoveAt(i);
            var left = _isPaced ? MoveUp(aborted) : Math.Max(0, aborted.Finish - _served);
            Schedule();
            return left;
        }

        return 0;
    }

    /// <inheritdoc/>
    public void Due(int what, long value)
    {
        if (value == _due)
            _due = long.MaxValue;

        Update();
        while (_jobs.Count > 0 && _jobs[0].Finish <= _served + 0.01)
        {
            var job = _jobs[0];
            _finishes -= job.Finish;
            RemoveAt(0);
            job.Lane.PartLeft();
        }

        Schedule();
    }

    private void Update()
    {
        var now = network.Time.Now.Ticks;
        if (_jobs.Count > 0)
        {
            var bytes = (now - _updated) * Rate / TimeSpan.TicksPerSecond;
            _served += bytes / Sharers;
            _intoPiece = (_intoPiece + bytes) % network.Options.PieceBytes;
        }

        _updated = now;
    }

    // An event that is due too early looks again; so only one that would come too late is asked for anew.
    private void Schedule()
    {
        if (_jobs.Count == 0)
            return;

        var left = Math.Max(0, _jobs[0].Finish - _served);
        var ticks = left * Sharers / Rate * TimeSpan.TicksPerSecond;
        var due = network.Time.Now.Ticks + (long)Math.Ceiling(Math.Min(ticks, 1e15));
        if (due >= _due)
            return;

        _due = due;
        network.Time.Push(due, this, 0, due);
    }

    /// <summary>What was behind a job that is not sent goes out as much sooner; by how many bytes.</summary>
    private double MoveUp(in Job aborted)
    {
        var begin = _served;
        foreach (var job in _jobs)
            begin = job.Finish < aborted.Finish ? Math.Max(begin, job.Finish) : begin;

        var gap = Math.Max(0, aborted.Finish - begin);
        _last -= gap;
        for (var i = 0; i < _jobs.Count; i++)
        {
            if (_jobs[i].Finish > aborted.Finish)
                _jobs[i] = _jobs[i] with { Finish = _jobs[i].Finish - gap };
        }

        return gap;
    }

    private void Add(in Job job)
    {
        _jobs.Add(job);
        var at = _jobs.Count - 1;
        while (at > 0 && job.Before(_jobs[(at - 1) / 2]))
        {
            _jobs[at] = _jobs[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _jobs[at] = job;
    }

    private void RemoveAt(int at)
    {
        var last = _jobs[^1];
        _jobs.RemoveAt(_jobs.Count - 1);
        if (at == _jobs.Count)
            return;

        while (at > 0 && last.Before(_jobs[(at - 1) / 2]))
        {
            _jobs[at] = _jobs[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        for (var child = (2 * at) + 1; child < _jobs.Count; child = (2 * at) + 1)
        {
            if (child + 1 < _jobs.Count && _jobs[child + 1].Before(_jobs[child]))
                child++;

            if (!_jobs[child].Before(last))
                break;

            _jobs[at] = _jobs[child];
            at = child;
        }

        _jobs[at] = last;
    }

    private readonly record struct Job(double Finish, ulong Order, SendLane Lane)
    {
        public bool Before(in Job other) => Finish < other.Finish || (Finish == other.Finish && Order < other.Order);
    }
}
