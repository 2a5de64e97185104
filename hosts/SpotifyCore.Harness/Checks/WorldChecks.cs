using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Harness.Clients;
using SpotifyCore.Harness.Network;
using SpotifyCore.Harness.Running;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Harness.Checks;

/// <summary>What must always hold in a world, and what did not.</summary>
public sealed class WorldChecks : IDue
{
    private const int MostKept = 100;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly World _world;
    private readonly List<Violation> _violations = [];

    internal WorldChecks(World world)
    {
        _world = world;
        if (world.Options.ChecksAll)
            world.Push(world.Now.Ticks + LookEvery.Ticks, this, 0, 0);
    }

    /// <summary>What was found, the first hundred.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    /// <inheritdoc/>
    int IDue.TraceId => -4;

    /// <inheritdoc/>
    void IDue.Due(int what, long value)
    {
        foreach (var client in _world.Clients)
            client.Checks?.Look(LookEvery);

        _world.Push(_world.Now.Ticks + LookEvery.Ticks, this, 0, 0);
    }

    /// <summary>
    /// Looks for what should be gone when nothing has been asked of anybody for a while: requests, uploads, what was
    /// posted and not taken. With everybody offline, connections and messages too.
    /// </summary>
    public void LookForLeaks()
    {
        foreach (var host in _world.Hosts)
        {
            foreach (var end in host.Ends)
            {
                if (Lies(host) || Lies(end.Peer.Host))
                    continue;

                Limit(end.Session.Outstanding, 0, "requests left on a quiet connection", host.Number);
                Limit(end.Session.Serving, 0, "requests unanswered on a quiet connection", host.Number);
            }
        }

        foreach (var client in _world.Clients)
        {
            Limit(client.Status.Requests, 0, "requests left", client.Number);
            Limit(client.Status.Uploads.Chunks, 0, "uploads left", client.Number);
            Limit(client.Inbox.Count, 0, "things posted and left", client.Number);
            Limit(client.Wires.Count, client.Ends.Count + client.Wires.Connecting, "connections left", client.Number);
        }

        foreach (var node in _world.Nodes)
            Limit(node.Fetching, 0, "fetches of master storage left", node.Number);

        if (_world.Clients.Any(client => client.IsOnline))
            return;

        Limit(_world.Network.OpenEnds, 0, "ends of connections left", -1);
        Limit(_world.MessagesUnderWay, 0, "messages left", -1);
    }

    /// <summary>Messages that may wait behind a chunk.</summary>
    internal int MostWaiting => 1024;

    internal void Broken(int host, string text)
    {
        if (_violations.Count < MostKept)
            _violations.Add(new Violation(_world.Now, host, text));
    }

    internal void Limit(long value, long most, string what, int host)
    {
        if (value > most)
            Broken(host, $"{value} {what}, {most} at most");
    }

    /// <summary>A chunk is to be stored: it must be what it says.</summary>
    internal void Whole(SimClient client, in ClientAction action)
    {
        var slot = _world.Slot;
        if (slot.IsWrong || slot.Chunk != new ChunkId(action.File, action.Chunk) || slot.Length != action.Length)
            Broken(client.Number, $"stores a wrong chunk {action.Chunk}");
    }

    /// <summary>A chunk goes to the player: it must be right, wanted, and come once.</summary>
    internal void Delivered(SimClient client, SimPlay? play, in ClientAction action)
    {
        var slot = _world.Slot;
        if (play?.Manifest is not { } manifest)
        {
            Broken(client.Number, $"delivers chunk {action.Chunk} to no play");
            return;
        }

        if (slot.IsWrong || slot.Chunk != new ChunkId(manifest.File, action.Chunk) || slot.Length != action.Length)
            Broken(client.Number, $"a wrong byte reaches playback: chunk {action.Chunk} of play {play.Id}");

        if (!play.TryGive(action.Chunk, client.FeedWindow))
            Broken(client.Number, $"chunk {action.Chunk} of play {play.Id} is outside the feed or comes twice");
    }

    internal void WakesAhead(SimClient client, Instant at)
    {
        if (at <= _world.Now)
            Broken(client.Number, "asks for a wake that does not lie ahead");
    }

    /// <summary>A session found that the far side broke the protocol: honest ones never do.</summary>
    internal void ProtocolBroken(ConnectionEnd end, ProtocolException broken, in PeerMessage message)
    {
        if (Lies(end.Peer.Host))
            return;

        Broken(end.Peer.Host.Number, $"broke the protocol to host {end.Host.Number}: {broken.Code} by {message.Kind}");
    }

    private static bool Lies(SimHost host) => host is SimClient { Spec.Lies: not LieKind.None };
}
