using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Delivery;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Network;
using SpotifyCore.Simulation.Nodes;
using SpotifyCore.Simulation.Timing;

namespace SpotifyCore.Simulation.Checks;

/// <summary>What must always hold in a world, and what did not.</summary>
public sealed class WorldChecks : IClientWatch, IDue
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly SimNetwork _network;
    private readonly Dictionary<SimClient, ClientChecks> _clients = [];
    private readonly Dictionary<SimClient, LivenessCheck> _liveness = [];
    private readonly List<SimClient> _waiting = [];
    private readonly Onlooker _onlooker;

    internal WorldChecks(SimNetwork network)
    {
        _network = network;
        _onlooker = new Onlooker(this);
        if (network.Options.ChecksAll)
            LookAgain(this);
    }

    /// <summary>What was found, the first hundred.</summary>
    public IReadOnlyList<Violation> Violations => _network.Violations.Found;

    /// <inheritdoc/>
    int IDue.TraceId => -4;

    private IEnumerable<SimClient> Clients => _network.Hosts.OfType<SimClient>();

    /// <summary>
    /// Looks for what should be gone when nothing has been asked of anybody for a while: requests, uploads, what was
    /// posted and not taken. With everybody offline, connections and messages too.
    /// </summary>
    public void LookForLeaks()
    {
        foreach (var host in _network.Hosts)
        {
            foreach (var end in host.Ends)
            {
                if (!host.IsHonest || !end.Peer.Host.IsHonest)
                    continue;

                Limit(end.Session.Outstanding, 0, "requests left on a quiet connection", host);
                Limit(end.Session.Serving, 0, "requests unanswered on a quiet connection", host);
            }
        }

        foreach (var client in Clients)
        {
            Limit(client.Status.Requests, 0, "requests left", client);
            Limit(client.Status.Uploads.Chunks, 0, "uploads left", client);
            Limit(client.Inbox.Count + client.Reports.Count, 0, "things posted and left", client);
            Limit(client.Player.Tracks, client.Playback.Current is null ? 0 : 2, "tracks left to play", client);
            var network = client.PeerNetwork;
            Limit(network.Count, client.Ends.Count + network.Connecting, "connections left", client);
        }

        foreach (var node in _network.Hosts.OfType<SimNode>())
            Limit(node.Fetching, 0, "fetches of master storage left", node);

        if (Clients.Any(static client => client.IsOnline))
            return;

        Limit(_network.Counters.OpenEnds, 0, "ends of connections left", host: null);
        Limit(_network.Transit.Count, 0, "messages left", host: null);
    }

    /// <inheritdoc/>
    void IDue.Due(int what, long value)
    {
        foreach (var client in Clients)
        {
            if (client.IsOnline)
                _clients[client].Look(LookEvery);
        }

        LookAgain(this);
    }

    /// <inheritdoc/>
    void IClientWatch.Started(SimClient client, ClientCoreOptions options)
    {
        if (_network.Options.ChecksAll)
            _clients[client] = new ClientChecks(client, options);
    }

    /// <inheritdoc/>
    void IClientWatch.MayWait(SimClient client)
    {
        if (!client.Player.IsWaiting || LivenessOf(client).IsListed)
            return;

        LivenessOf(client).IsListed = true;
        _waiting.Add(client);
        if (_waiting.Count == 1)
            LookAgain(_onlooker);
    }

    /// <inheritdoc/>
    void IClientWatch.Sounds(SimClient client, SimPlay play)
    {
        if (client.IsOnline && client.Player.Plays(play) && client.Playback.Current?.Id != play.Id)
            Broken(client, $"play {play.Id} sounds while {client.Playback.Current?.Id} is current");
    }

    /// <inheritdoc/>
    void IClientWatch.Closed(SimClient client, SimPlay play)
    {
        var claimed = play.Claimed!;
        for (var tier = Tier.Cache; tier <= Tier.Master; tier++)
        {
            // The core knows only of what it was told; of what it moved too late it may count less than that.
            var (played, fetched) = (play.Bytes.Told(tier), play.Bytes.Fetched(tier));
            var isRight = play.IsMovedTooLate
                ? claimed.Played(tier) <= play.Bytes.Played(tier)
                : claimed.Played(tier) == played;
            if (!isRight || claimed.Fetched(tier) != fetched)
                Broken(
                    client,
                    $"play {play.Id} says it played {claimed.Played(tier)} bytes of {tier} and fetched "
                    + $"{claimed.Fetched(tier)}; it was {played} and {fetched}");
        }

        if (play.Failure != DeliveryFailure.None)
            LivenessOf(client).Failed(play);
    }

    /// <inheritdoc/>
    void IClientWatch.Stores(SimClient client, in StoreChunk chunk)
    {
        if (!IsInSlot(client, new ChunkId(chunk.File, chunk.Chunk), chunk.Length))
            Broken(client, $"stores a wrong chunk {chunk.Chunk}");
    }

    /// <inheritdoc/>
    void IClientWatch.Delivers(SimClient client, SimPlay? play, in DeliverChunk chunk, bool isTaken)
    {
        if (play?.Manifest is not { } manifest)
        {
            Broken(client, $"delivers chunk {chunk.Chunk} to no play");
            return;
        }

        if (!IsInSlot(client, new ChunkId(manifest.File, chunk.Chunk), chunk.Length))
            Broken(client, $"a wrong byte reaches playback: chunk {chunk.Chunk} of play {play.Id}");

        if (!isTaken && !play.IsLetGo)
            Broken(client, $"chunk {chunk.Chunk} of play {play.Id} is outside the feed or comes twice");
    }

    /// <inheritdoc/>
    void IClientWatch.WakesAt(SimClient client, Instant at)
    {
        if (at <= _network.Time.Now)
            Broken(client, "asks for a wake that does not lie ahead");
    }

    private void LookAtWaiting()
    {
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            var client = _waiting[i];
            LivenessOf(client).Look(LookEvery);
            if (client.Player.IsWaiting)
                continue;

            LivenessOf(client).IsListed = false;
            _waiting.RemoveAt(i);
        }

        if (_waiting.Count > 0)
            LookAgain(_onlooker);
    }

    private LivenessCheck LivenessOf(SimClient client)
    {
        if (!_liveness.TryGetValue(client, out var liveness))
            _liveness.Add(client, liveness = new LivenessCheck(client));

        return liveness;
    }

    private void LookAgain(IDue who) => _network.Time.Push((_network.Time.Now + LookEvery).Ticks, who, 0, 0);

    private static bool IsInSlot(SimClient client, ChunkId chunk, int length)
    {
        var slot = client.Population.Slot;
        return !slot.IsWrong && slot.Chunk == chunk && slot.Length == length;
    }

    private void Broken(SimHost host, string text) => _network.Violations.Broken(host.Number, text);

    private void Limit(long value, long most, string what, SimHost? host) =>
        _network.Violations.Limit(value, most, what, host?.Number ?? -1);

    private sealed class Onlooker(WorldChecks checks) : IDue
    {
        public int TraceId => IDue.Onlooker;

        public void Due(int what, long value) => checks.LookAtWaiting();
    }
}
