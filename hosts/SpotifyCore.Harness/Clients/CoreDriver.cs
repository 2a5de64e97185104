using SpotifyCore.Client.Core;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Harness.Running;
using SpotifyCore.Harness.Tracks;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Harness.Clients;

/// <summary>
/// Hands events to a client's core, one at a time, and carries out what it answers before the next, as production's
/// shell does.
/// </summary>
internal sealed class CoreDriver(SimClient client, ClientCore core) : IDue
{
    private const uint RetryMilliseconds = 100;

    private readonly ulong[] _present = new ulong[64];
    private long _wakeAt = long.MaxValue;
    private bool _isHandling;
    private bool _isOver;

    /// <inheritdoc/>
    public int TraceId => client.Number;

    /// <summary>How the core stands.</summary>
    public ClientCoreStatus Status => core.Status;

    private World World => client.World;

    /// <summary>What a play used so far.</summary>
    public PlayStatistics? StatisticsOf(PlayId play) => core.StatisticsOf(play);

    /// <summary>The program is gone: nothing is handled any more.</summary>
    public void Stop() => _isOver = true;

    /// <summary>Hands an event over.</summary>
    public void Raise(in ClientEvent occurred)
    {
        if (_isOver)
            return;

        if (_isHandling)
            throw new InvalidOperationException($"{occurred.Kind} was raised while another event was being handled.");

        _isHandling = true;
        World.CoreEvents++;
        ref var actions = ref World.Actions;
        actions.Clear();
        core.Handle(occurred, World.Now, ref actions);
        foreach (ref readonly var action in actions.Actions)
            Carry(action);

        _isHandling = false;
    }

    /// <summary>A chunk came over a connection.</summary>
    public void RaiseChunk(ConnectionId connection, in PeerMessage message, bool wrong)
    {
        World.Slot.Fill(message.ChunkId, (int)message.Length, wrong);
        Raise(ClientEvent.ChunkReceived(connection, message, SlotContent.Number));
    }

    /// <summary>The player moved on.</summary>
    public void Advanced(SimPlay play) => Raise(ClientEvent.PlaybackAdvanced(play.Id, play.Next, play.Sample));

    /// <summary>Something that was posted is due.</summary>
    public void Take(in Posted posted)
    {
        var tracks = World.Tracks;
        switch (posted.Kind)
        {
            case PostKind.Presence:
                var words = (tracks.ChunksOf(posted.Track) + 63) / 64;
                var present = words <= _present.Length ? _present.AsMemory(0, words) : new ulong[words];
                client.Cache.CopyPresence(posted.Track, present.Span);
                client.Cache.Touch(posted.Track);
                Raise(ClientEvent.CachePresence(posted.Play, present));
                break;
            case PostKind.Read:
                TakeRead(posted);
                break;
            case PostKind.Stored:
                client.Cache.Add(posted.Track, posted.Chunk);
                Raise(ClientEvent.ChunkStored(posted.Play, posted.Chunk, stored: true));
                break;
            case PostKind.Held:
                var file = tracks.FileOf(posted.Track);
                Raise(ClientEvent.HeldAnswered(posted.Connection, posted.Request, file, posted.Value == 1));
                break;
            case PostKind.ReadForPeer:
                client.Wires.ReadForPeer(posted);
                break;
            case PostKind.Sent:
                Raise(ClientEvent.ChunkSent(posted.Connection, posted.Request, posted.Chunk, posted.Value));
                break;
            case PostKind.Busy:
                var busy = PeerMessage.Busy(posted.Request, RetryMilliseconds);
                Raise(ClientEvent.MessageReceived(posted.Connection, busy));
                break;
            case PostKind.Closed:
                Raise(ClientEvent.ConnectionClosed(posted.Connection, misbehaved: posted.Value == 1));
                break;
            case PostKind.ConnectFailed:
                Raise(ClientEvent.ConnectionFailed(posted.Connection));
                break;
            case PostKind.Delay:
                Raise(ClientEvent.LineDelay(TimeSpan.FromMicroseconds(posted.Value)));
                break;
            case PostKind.GoOn:
                client.Listener.GoOn(posted.Play);
                break;
        }
    }

    /// <inheritdoc/>
    public void Due(int what, long value)
    {
        if (value != _wakeAt || _isOver)
            return;

        if (client.AsleepUntil > World.Now.Ticks)
        {
            World.Push(client.AsleepUntil, this, what, value);
            return;
        }

        _wakeAt = long.MaxValue;
        Raise(ClientEvent.Woken());
    }

    private void TakeRead(in Posted posted)
    {
        if (!client.Cache.Holds(posted.Track, posted.Chunk))
        {
            Raise(ClientEvent.CacheMissed(posted.Play, posted.Chunk));
            return;
        }

        var chunk = new ChunkId(World.Tracks.FileOf(posted.Track), posted.Chunk);
        var length = World.Tracks.ChunkLengthOf(posted.Track, posted.Chunk);
        World.Slot.Fill(chunk, length, wrong: false);
        Raise(ClientEvent.CacheRead(posted.Play, posted.Chunk, SlotContent.Number, length));
    }

    private void Carry(in ClientAction action)
    {
        World.Note(client.Number, 256 + (int)action.Kind, ((long)action.Connection.Value << 32) | action.Chunk);
        switch (action.Kind)
        {
            case ClientActionKind.OpenTrack:
                client.Access.Open(action.Play, action.Track);
                break;
            case ClientActionKind.FindPeers:
                client.Access.FindPeers(action.File);
                break;
            case ClientActionKind.AnnounceHeld:
                client.Access.AnnounceHeld(action.File);
                break;
            case ClientActionKind.AskReverse:
                client.Access.AskReverse(action.Peer);
                break;
            case ClientActionKind.ReportPeer:
                client.Access.Report(action.Peer);
                break;
            case ClientActionKind.AskPresence:
                client.Inbox.Post(new Posted(
                    0, PostKind.Presence, action.Play, default, 0, World.Tracks.IndexOf(action.File), 0, 0));
                break;
            case ClientActionKind.ReadCache:
                client.Inbox.PostCached(PostKind.Read, action.Play, World.Tracks.IndexOf(action.File), action.Chunk);
                break;
            case ClientActionKind.StoreChunk:
                World.Checks.Whole(client, action);
                client.Inbox.PostCached(PostKind.Stored, action.Play, World.Tracks.IndexOf(action.File), action.Chunk);
                break;
            case ClientActionKind.QueryHeld:
                var track = World.Tracks.IndexOf(action.File);
                var held = track >= 0 && client.Cache.HoldsWhole(track) ? 1 : 0;
                client.Inbox.Post(new Posted(
                    0, PostKind.Held, default, action.Connection, action.Request, track, 0, held));
                break;
            case ClientActionKind.WakeAt:
                World.Checks.WakesAhead(client, action.At);
                _wakeAt = action.At.Ticks;
                World.Push(_wakeAt, this, 0, _wakeAt);
                break;
            case ClientActionKind.Connect or ClientActionKind.Close:
            case ClientActionKind.Send or ClientActionKind.SendChunk:
                client.Wires.Carry(action);
                break;
            default:
                CarryToPlayer(action);
                break;
        }
    }

    private void CarryToPlayer(in ClientAction action)
    {
        var play = client.Listener.Find(action.Play);
        switch (action.Kind)
        {
            case ClientActionKind.Deliver:
                World.Checks.Delivered(client, play, action);
                if (client.Player.Plays(play))
                    client.Player.TryRun();

                break;
            case ClientActionKind.Reposition when play is not null:
                client.Player.Reposition(play, action.Chunk, action.Sample);
                break;
            case ClientActionKind.StartSounding when play is not null:
                play.MaySound = true;
                if (client.Player.Plays(play))
                    client.Player.TryRun();

                break;
            case ClientActionKind.Failed:
                client.Listener.Failed(action.Play, action.Failure);
                break;
            case ClientActionKind.PlayClosed:
                client.Listener.Closed(action.Play, action.Statistics!);
                break;
        }
    }
}
