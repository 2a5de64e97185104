using SpotifyCore.Content.Identity;
using SpotifyCore.Core;
using SpotifyCore.Core.Events;
using SpotifyCore.Simulation.Timing;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Simulation.Clients;

/// <summary>
/// What a client's core is to hear of, the player apart, in order: the cache's answers once they are due, the rest at once, after what is
/// being handled. One event of the world for all that is due together.
/// </summary>
internal sealed class ClientInbox(SimClient client) : IDue
{
    private const uint RetryMilliseconds = 100;
    private const int AtOnce = 0;
    private const int Later = 1;

    private readonly Queue<Posted> _atOnce = new();
    private readonly Queue<Posted> _later = new();
    private bool _isAtOnceAsked;
    private bool _isLaterAsked;

    /// <inheritdoc/>
    public int TraceId => client.Number;

    /// <summary>What waits.</summary>
    public int Count => _atOnce.Count + _later.Count;

    /// <summary>Forgets all: the program is gone.</summary>
    public void Clear()
    {
        _atOnce.Clear();
        _later.Clear();
    }

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
        client.Time.Push(client.Time.Now.Ticks, this, AtOnce, 0);
    }

    /// <summary>An answer of the cache.</summary>
    public void PostCached(PostKind kind, PlayId play, int track, uint chunk) => PostLater(new Posted(
        DueOf(client.Network.Options.CacheTakes), kind, play, default, 0, track, chunk, 0));

    /// <summary>A chunk of the cache for a peer.</summary>
    public void PostCached(ConnectionId connection, uint request, int track, uint chunk) => PostLater(new Posted(
        DueOf(client.Network.Options.CacheTakes), PostKind.ReadForPeer, default, connection, request, track, chunk, 0));

    /// <inheritdoc/>
    public void Due(int what, long value)
    {
        if (client.AsleepUntil > client.Time.Now.Ticks)
        {
            client.Time.Push(client.AsleepUntil, this, what, value);
            return;
        }

        if (what == AtOnce)
        {
            _isAtOnceAsked = false;
            for (var left = _atOnce.Count; left > 0 && _atOnce.TryDequeue(out var posted); left--)
                HandOver(posted);

            return;
        }

        while (_later.TryPeek(out var next) && next.Due <= client.Time.Now.Ticks)
            HandOver(_later.Dequeue());

        _isLaterAsked = _later.Count > 0;
        if (_isLaterAsked)
            client.Time.Push(_later.Peek().Due, this, Later, 0);
    }

    private void HandOver(in Posted posted)
    {
        switch (posted.Kind)
        {
            case PostKind.Presence:
                client.Store.TellPresence(posted);
                break;
            case PostKind.Read:
                client.Store.TellRead(posted);
                break;
            case PostKind.Stored:
                client.Store.TellStored(posted);
                break;
            case PostKind.Held:
                var file = client.Population.Tracks.FileOf(posted.Track);
                client.Raise(new HeldAnswered(posted.Connection, posted.Request, file, posted.Value == 1));
                break;
            case PostKind.ReadForPeer:
                client.PeerNetwork.ReadForPeer(posted);
                break;
            case PostKind.Sent:
                client.Raise(new ChunkSent(posted.Connection, posted.Request, posted.Chunk, posted.Value));
                break;
            case PostKind.Busy:
                var busy = PeerMessage.Busy(posted.Request, RetryMilliseconds);
                client.Raise(new MessageReceived(posted.Connection, busy));
                break;
            case PostKind.Closed:
                client.Raise(new ConnectionClosed(posted.Connection, Misbehaved: posted.Value == 1));
                break;
            case PostKind.ConnectFailed:
                client.Raise(new ConnectionFailed(posted.Connection));
                break;
            case PostKind.Delay:
                client.Raise(new LineDelayMeasured(TimeSpan.FromMicroseconds(posted.Value)));
                break;
            case PostKind.Kept:
                client.Keepings.TellKept(posted);
                break;
            case PostKind.KeepingEnded:
                client.Raise(new KeepingEnded(posted.Play, IsKept: true));
                break;
        }
    }

    private long DueOf(TimeSpan takes) => client.Time.Now.Ticks + takes.Ticks;

    private void PostLater(in Posted posted)
    {
        _later.Enqueue(posted);
        if (_isLaterAsked)
            return;

        _isLaterAsked = true;
        client.Time.Push(posted.Due, this, Later, 0);
    }
}
