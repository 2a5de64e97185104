using SpotifyCore.Content.Identity;
using SpotifyCore.Harness.Running;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Harness.Clients;

/// <summary>
/// What a client's core is to hear of, in order: the cache's answers once they are due, the rest at once, after what is
/// being handled. One event of the world for all that is due together.
/// </summary>
internal sealed class ClientInbox(SimClient client) : IDue
{
    private const int AtOnce = 0;
    private const int Later = 1;
    private const int Paced = 2;

    private readonly Queue<Posted> _atOnce = new();
    private readonly Queue<Posted> _later = new();
    private readonly Queue<Posted> _paced = new();
    private bool _isAtOnceAsked;
    private bool _isLaterAsked;

    /// <inheritdoc/>
    public int TraceId => client.Number;

    /// <summary>What waits.</summary>
    public int Count => _atOnce.Count + _later.Count + _paced.Count;

    /// <summary>Forgets all: the program is gone.</summary>
    public void Clear()
    {
        _atOnce.Clear();
        _later.Clear();
        _paced.Clear();
    }

    /// <summary>Something about a play, at once.</summary>
    public void Post(PostKind kind, PlayId play) => Post(new Posted(0, kind, play, default, 0, -1, 0, 0));

    /// <summary>Something about a connection, at once.</summary>
    public void Post(PostKind kind, ConnectionId connection, uint request = 0, uint chunk = 0, int value = 0) =>
        Post(new Posted(0, kind, default, connection, request, -1, chunk, value));

    /// <summary>Something at once.</summary>
    public void Post(in Posted posted)
    {
        _atOnce.Enqueue(posted);
        if (_isAtOnceAsked)
            return;

        _isAtOnceAsked = true;
        client.World.Push(client.World.Now.Ticks, this, AtOnce, 0);
    }

    /// <summary>An answer of the cache.</summary>
    public void PostCached(PostKind kind, PlayId play, int track, uint chunk) => PostLater(new Posted(
        DueOf(client.World.Options.CacheTakes), kind, play, default, 0, track, chunk, 0));

    /// <summary>A chunk of the cache for a peer.</summary>
    public void PostCached(ConnectionId connection, uint request, int track, uint chunk) => PostLater(new Posted(
        DueOf(client.World.Options.CacheTakes), PostKind.ReadForPeer, default, connection, request, track, chunk, 0));

    /// <inheritdoc/>
    public void Due(int what, long value)
    {
        if (client.AsleepUntil > client.World.Now.Ticks)
        {
            client.World.Push(client.AsleepUntil, this, what, value);
            return;
        }

        if (what == AtOnce)
        {
            _isAtOnceAsked = false;
            for (var left = _atOnce.Count; left > 0 && _atOnce.TryDequeue(out var posted); left--)
                client.Driver.Take(posted);

            return;
        }

        if (what == Paced)
        {
            if (_paced.TryDequeue(out var paced))
                client.Driver.Take(paced);

            return;
        }

        while (_later.TryPeek(out var next) && next.Due <= client.World.Now.Ticks)
            client.Driver.Take(_later.Dequeue());

        _isLaterAsked = _later.Count > 0;
        if (_isLaterAsked)
            client.World.Push(_later.Peek().Due, this, Later, 0);
    }

    /// <summary>A chunk for a peer that may not leave yet.</summary>
    public void PostAt(long at, in Posted posted)
    {
        _paced.Enqueue(posted);
        client.World.Push(at, this, Paced, 0);
    }

    private long DueOf(TimeSpan takes) => client.World.Now.Ticks + takes.Ticks;

    private void PostLater(in Posted posted)
    {
        _later.Enqueue(posted);
        if (_isLaterAsked)
            return;

        _isLaterAsked = true;
        client.World.Push(posted.Due, this, Later, 0);
    }
}
