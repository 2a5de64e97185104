using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Placement;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Node.Tests.Composition;

/// <summary>Three masters and two storage nodes in this process: real sockets, TLS, caches and vaults.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private const uint RangeLength = 32;

    private readonly TempDirectory _directory = new();

    public TestCluster()
    {
        Masters = [.. Enumerable.Range(1, 3).Select(i => new TestNode(_directory[$"master{i}"], isMaster: true))];
        Storage = [.. Enumerable.Range(1, 2).Select(i => new TestNode(_directory[$"storage{i}"], isMaster: false))];
        Ring = new RendezvousPlacement(Masters.Select(static node => node.Id));
    }

    /// <summary>False when masters fetch nothing of each other by themselves, so that what they are asked can be counted.</summary>
    public bool Repairs { get; init; } = true;

    public TestTrust Trust { get; } = new();

    public IReadOnlyList<TestNode> Masters { get; }

    public IReadOnlyList<TestNode> Storage { get; }

    public RendezvousPlacement Ring { get; }

    public async Task StartAsync()
    {
        foreach (var master in Masters)
            await StartAsync(master);

        foreach (var storage in Storage)
            await StartAsync(storage);
    }

    public Task StartAsync(TestNode node, params string[] more)
    {
        string[] common =
        [
            "--masters", string.Join(',', Masters.Select(static master => master.Address)),
            "--ticket-keys", Trust.KeyOption,
            "--links:first-backoff", "20ms",

            // No hedging: what masters are asked is counted, and a test machine may be slow.
            "--links:hedge-after", "1m",
            "--fetch:fetch-timeout", "30s",
        ];
        var siblings = Storage.Where(other => other != node).Select(static other => other.Address);
        return Masters.Contains(node)
            ? node.StartAsync(
            [
                .. common,
                "--trusted", string.Join(',', Storage.Select(static other => other.Id)),
                .. Repairs ? Array.Empty<string>() : ["--repair:fetches", "0"],
                .. more,
            ])
            : node.StartAsync(
            [
                .. common,
                "--site", "test",
                "--siblings", string.Join(',', siblings),
                "--cache:disk-bytes", "256MiB",
            ]);
    }

    public TestNode[] OwnersOf(FileId file)
    {
        var owners = new PeerId[Ring.OwnerCount];
        Ring.FindOwners(file, owners);
        return Array.ConvertAll(owners, id => Masters.Single(master => master.Id == id));
    }

    /// <summary>
    /// Puts a file where it belongs, as the import does; an owner may have fetched it from the one before.
    /// </summary>
    public async Task PutAsync(TestFile file)
    {
        foreach (var owner in OwnersOf(file.Id))
        {
            await using var import = await Trust.ConnectAsync(owner.Address, TicketScope.Import);
            var outcome = await import.PutAsync(file.Manifest, new TestFileReader(file));
            Assert.True(outcome is PutOutcome.Stored or PutOutcome.AlreadyHeld, outcome.ToString());
        }
    }

    public Task<ChunkClient> ListenerAsync(TestNode node) => Trust.ConnectAsync(node.Address, TicketScope.Fetch);

    /// <summary>Reads a range, chunk for chunk right, and says from which tier it came.</summary>
    public static async Task<Tier> ReadAsync(
        ChunkClient client, TestFile file, uint first, uint count, bool localOnly = false)
    {
        var bytes = new byte[RangeLength * Manifest.ChunkSize];
        var tier = Tier.None;
        for (var next = first; next < first + count;)
        {
            var deadline = TimeProvider.System.GetInstant() + TimeSpan.FromSeconds(20);
            var range = Math.Min(first + count - next, RangeLength);
            var request = new ChunkRequest(file.Id, next, range, RequestPriority.Playing, deadline, localOnly);
            var result = await client.ReadAsync(request, file.Manifest, bytes);
            if (result.Status != ChunkReadStatus.Found)
                Assert.Fail($"Chunk {next}: {result.Status}, connection {client.CloseCode}");

            tier = (Tier)Math.Max((byte)tier, (byte)result.Tier);
            for (var at = 0; at < result.Length; at += Manifest.ChunkSize, next++)
                Assert.Equal(file.Bytes(next), bytes.AsMemory(at, file.Manifest.LengthOf(next)));
        }

        return tier;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Storage.Concat(Masters))
            await node.DisposeAsync();

        Trust.Dispose();
        _directory.Dispose();
    }
}
