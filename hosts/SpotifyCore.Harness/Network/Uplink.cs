using SpotifyCore.Harness.Running;

namespace SpotifyCore.Harness.Network;

/// <summary>
/// A host's way out: its rate is shared evenly by the connections that have something to send (generalised processor
/// sharing, what many TCP flows come to at one bottleneck).
/// </summary>
internal sealed class Uplink(World world, int host, double bytesPerSecond) : IDue
{
    private readonly List<Job> _jobs = [];
    private double _served;
    private double _finishes;
    private long _updated;
    private long _due = long.MaxValue;
    private ulong _asked;

    /// <inheritdoc/>
    public int TraceId => host;

    /// <summary>Its rate.</summary>
    public double BytesPerSecond { get; private set; } = bytesPerSecond;

    /// <summary>Bytes that were given to it and have not left.</summary>
    public double Backlog
    {
        get
        {
            Update();
            return Math.Max(0, _finishes - (_served * _jobs.Count));
        }
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
            (_served, _finishes) = (0, 0);

        _finishes += _served + bytes;
        Add(new Job(_served + bytes, ++_asked, lane));
        Schedule();
    }

    /// <summary>Sends no more of a lane.</summary>
    public void Abort(SendLane lane)
    {
        for (var i = 0; i < _jobs.Count; i++)
        {
            if (_jobs[i].Lane != lane)
                continue;

            Update();
            _finishes -= _jobs[i].Finish;
            RemoveAt(i);
            Schedule();
            return;
        }
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
        var now = world.Now.Ticks;
        if (_jobs.Count > 0)
            _served += (now - _updated) * BytesPerSecond / TimeSpan.TicksPerSecond / _jobs.Count;

        _updated = now;
    }

    // An event that is due too early looks again; so only one that would come too late is asked for anew.
    private void Schedule()
    {
        if (_jobs.Count == 0)
            return;

        var left = Math.Max(0, _jobs[0].Finish - _served);
        var ticks = left * _jobs.Count / BytesPerSecond * TimeSpan.TicksPerSecond;
        var due = world.Now.Ticks + (long)Math.Ceiling(Math.Min(ticks, 1e15));
        if (due >= _due)
            return;

        _due = due;
        world.Push(due, this, 0, due);
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
