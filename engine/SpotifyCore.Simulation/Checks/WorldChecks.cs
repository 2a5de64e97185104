using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Network;
using SpotifyCore.Simulation.Running;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Simulation.Checks;

/// <summary>What must always hold in a world, and what did not.</summary>
public sealed class WorldChecks : IDue
{
    private const int MostKept = 100;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly World _world;
    private readonly List<Violation> _violations = [];
    private readonly List<SimClient> _waiting = [];
    private readonly Onlooker _onlooker;

    internal WorldChecks(World world)
    {
        _world = world;
        _onlooker = new Onlooker(this);
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
            Limit(client.Player.Tracks, client.Playback.Current is null ? 0 : 2, "tracks left to play", client.Number);
            var (network, number) = (client.PeerNetwork, client.Number);
            Limit(network.Count, client.Ends.Count + network.Connecting, "connections left", number);
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

    /// <summary>A client may have begun to wait for sound: it is looked at until it sounds.</summary>
    internal void NoteWaiting(SimClient client)
    {
        if (client.Liveness.IsListed || !client.Player.IsWaiting)
            return;

        client.Liveness.IsListed = true;
        _waiting.Add(client);
        if (_waiting.Count == 1)
            _world.Push(_world.Now.Ticks + LookEvery.Ticks, _onlooker, 0, 0);
    }

    /// <summary>A play is over: its core must have counted the same bytes as its ports did.</summary>
    internal void Counted(SimClient client, SimPlay play, PlayStatistics claimed)
    {
        for (var tier = Tier.Cache; tier <= Tier.Master; tier++)
        {
            var (played, fetched) = (play.Bytes.Played(tier), play.Bytes.Fetched(tier));
            if (claimed.Played(tier) != played || claimed.Fetched(tier) != fetched)
                Broken(
                    client.Number,
                    $"play {play.Id} says it played {claimed.Played(tier)} bytes of {tier} and fetched "
                    + $"{claimed.Fetched(tier)}; it was {played} and {fetched}");
        }
    }

    /// <summary>A chunk is to be stored: it must be what it says.</summary>
    internal void Whole(SimClient client, in StoreChunk stored)
    {
        var slot = _world.Slot;
        if (slot.IsWrong || slot.Chunk != new ChunkId(stored.File, stored.Chunk) || slot.Length != stored.Length)
            Broken(client.Number, $"stores a wrong chunk {stored.Chunk}");
    }

    /// <summary>A chunk goes to the player: it must be right, wanted, and come once.</summary>
    internal void Delivered(SimClient client, SimPlay? play, in DeliverChunk delivered)
    {
        var slot = _world.Slot;
        if (play?.Manifest is not { } manifest)
        {
            Broken(client.Number, $"delivers chunk {delivered.Chunk} to no play");
            return;
        }

        var named = new ChunkId(manifest.File, delivered.Chunk);
        if (slot.IsWrong || slot.Chunk != named || slot.Length != delivered.Length)
            Broken(client.Number, $"a wrong byte reaches playback: chunk {delivered.Chunk} of play {play.Id}");

        if (!play.TryGive(delivered.Chunk, client.FeedWindow))
            Broken(client.Number, $"chunk {delivered.Chunk} of play {play.Id} is outside the feed or comes twice");
    }

    internal void WakesAhead(SimClient client, Instant at)
    {
        if (at <= _world.Now)
            Broken(client.Number, "asks for a wake that does not lie ahead");
    }

    /// <summary>A session found that the remote peer broke the protocol: honest ones never do.</summary>
    internal void ProtocolBroken(ConnectionEnd end, ProtocolException broken, in PeerMessage message)
    {
        if (Lies(end.Peer.Host))
            return;

        Broken(end.Peer.Host.Number, $"broke the protocol to host {end.Host.Number}: {broken.Code} by {message.Kind}");
    }

    private void LookAtWaiting()
    {
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            var client = _waiting[i];
            client.Liveness.Look(LookEvery);
            if (client.Player.IsWaiting)
                continue;

            client.Liveness.IsListed = false;
            _waiting.RemoveAt(i);
        }

        if (_waiting.Count > 0)
            _world.Push(_world.Now.Ticks + LookEvery.Ticks, _onlooker, 0, 0);
    }

    private static bool Lies(SimHost host) => host is SimClient { Spec.Lies: not LieKind.None };

    private sealed class Onlooker(WorldChecks checks) : IDue
    {
        public int TraceId => IDue.Onlooker;

        public void Due(int what, long value) => checks.LookAtWaiting();
    }
}
