using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Node.Tests.Composition;

public sealed class ClusterTests : IAsyncLifetime
{
    private readonly TestCluster _cluster = new() { Repairs = false };
    private readonly TestFile _file = TestFile.Create(seed: 11, (60 * Manifest.ChunkSize) + 4321);

    public Task InitializeAsync() => _cluster.StartAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Put_WithImportTicket_IsReadableOnEveryOwnerAndNowhereElse()
    {
        await _cluster.PutAsync(_file);

        foreach (var master in _cluster.Masters)
        {
            await using var client = await _cluster.ListenerAsync(master);
            var isOwner = _cluster.OwnersOf(_file.Id).Contains(master);
            Assert.Equal(isOwner ? HaveKind.Whole : HaveKind.None, await client.HoldsAsync(_file.Id));
            Assert.Equal(_file.Id, (await client.FindManifestAsync(_file.Id))?.File);
            Assert.Equal(Tier.Master, await TestCluster.ReadAsync(client, _file, 0, 61));
        }
    }

    [Fact]
    public async Task Put_WithoutImportScope_IsRefused()
    {
        await using var listener = await _cluster.ListenerAsync(_cluster.Masters[0]);
        Assert.Equal(PutOutcome.Refused, await listener.PutAsync(_file.Manifest, new TestFileReader(_file)));

        await using var import = await _cluster.Trust.ConnectAsync(
            _cluster.Storage[0].Address, TicketScope.Fetch | TicketScope.Import);
        Assert.Equal(PutOutcome.Refused, await import.PutAsync(_file.Manifest, new TestFileReader(_file)));
    }

    [Fact]
    public async Task Read_Cold_ComesThroughMasterAndThenFromProduction()
    {
        await _cluster.PutAsync(_file);
        await using var client = await _cluster.ListenerAsync(_cluster.Storage[0]);

        Assert.Equal(Tier.Master, await TestCluster.ReadAsync(client, _file, 0, 61));
        Assert.Equal(Tier.Production, await TestCluster.ReadAsync(client, _file, 0, 61));
        Assert.Equal(61, _cluster.Masters.Sum(static master => master.Usage.Chunks));
    }

    [Fact]
    public async Task Read_HundredAtOnce_MasterIsAskedOnce()
    {
        await _cluster.PutAsync(_file);
        var clients = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => _cluster.ListenerAsync(_cluster.Storage[0])));

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => TestCluster.ReadAsync(clients[i % 10], _file, 20, 4)));

        await using var last = await _cluster.ListenerAsync(_cluster.Storage[0]);
        await TestCluster.ReadAsync(last, _file, 0, 61);
        Assert.Equal(61, _cluster.Masters.Sum(static master => master.Usage.Chunks));
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    [Fact]
    public async Task Read_SiblingHasIt_MasterIsNotAsked()
    {
        await _cluster.PutAsync(_file);
        await using var first = await _cluster.ListenerAsync(_cluster.Storage[0]);
        await TestCluster.ReadAsync(first, _file, 0, 61);
        await using var second = await _cluster.ListenerAsync(_cluster.Storage[1]);

        Assert.Equal(Tier.Production, await TestCluster.ReadAsync(second, _file, 0, 61));
        Assert.Equal(61, _cluster.Masters.Sum(static master => master.Usage.Chunks));
    }

    [Fact]
    public async Task Read_ChunkAlteredOnAMastersDisk_ComesFromTheOtherOwner()
    {
        await _cluster.PutAsync(_file);
        var first = _cluster.OwnersOf(_file.Id)[0];
        await first.StopAsync();
        DiskDamage.FlipEverywhere(Path.Combine(first.Data, "vault"), _file.Bytes(3));
        await _cluster.StartAsync(first);

        await using var client = await _cluster.ListenerAsync(_cluster.Storage[0]);
        await TestCluster.ReadAsync(client, _file, 0, 61);

        await using var direct = await _cluster.ListenerAsync(first);
        await TestCluster.ReadAsync(direct, _file, 0, 61);
    }

    [Fact]
    public async Task Read_ChunkAlteredOnAStorageNodesDisk_IsFetchedAgain()
    {
        await _cluster.PutAsync(_file);
        var storage = _cluster.Storage[0];
        await using (var before = await _cluster.ListenerAsync(storage))
        {
            // Once it comes from there it is there, which is a moment after a reader has it.
            await Eventually.TrueAsync(
                async () => await TestCluster.ReadAsync(before, _file, 0, 61) == Tier.Production);
        }

        await storage.StopAsync();
        DiskDamage.FlipEverywhere(Path.Combine(storage.Data, "cache"), _file.Bytes(3));
        await _cluster.StartAsync(storage);
        await using var after = await _cluster.ListenerAsync(storage);
        var asked = _cluster.Masters.Sum(static master => master.Usage.Chunks);

        Assert.Equal(Tier.Production, await TestCluster.ReadAsync(after, _file, 0, 3));
        Assert.Equal(Tier.Master, await TestCluster.ReadAsync(after, _file, 3, 1));
        Assert.Equal(Tier.Production, await TestCluster.ReadAsync(after, _file, 3, 58));
        Assert.Equal(asked + 1, _cluster.Masters.Sum(static master => master.Usage.Chunks));
    }

    [Fact]
    public async Task Read_OwnerStopsInTheMiddle_TheOtherGoesOn()
    {
        await _cluster.PutAsync(_file);
        await using var client = await _cluster.ListenerAsync(_cluster.Storage[0]);
        await TestCluster.ReadAsync(client, _file, 0, 2);

        await _cluster.OwnersOf(_file.Id)[0].StopAsync();

        await TestCluster.ReadAsync(client, _file, 2, 59);
    }

    [Fact]
    public async Task Read_NoOwnerInReach_IsUnavailableUntilOneIsBack()
    {
        await _cluster.PutAsync(_file);
        var owners = _cluster.OwnersOf(_file.Id);
        foreach (var owner in owners)
            await owner.StopAsync();

        await using var client = await _cluster.ListenerAsync(_cluster.Storage[0]);
        var request = new ChunkRequest(_file.Id, 0, 1, RequestPriority.Playing, Instant.Never);
        var bytes = new byte[Manifest.ChunkSize];
        Assert.Equal(ChunkReadStatus.Unavailable, (await client.ReadAsync(request, bytes)).Status);

        await _cluster.StartAsync(owners[1]);
        await Eventually.TrueAsync(async () =>
            (await client.ReadAsync(request, bytes)).Status == ChunkReadStatus.Found);
    }

    [Fact]
    public async Task Connect_WithoutATicketOfItsOwn_IsRefused()
    {
        var node = _cluster.Storage[0].Address;
        var stranger = _cluster.Trust.NewIdentity();
        var copied = _cluster.Trust.Ticket(_cluster.Trust.NewIdentity().Id, TicketScope.Fetch);
        var expired = _cluster.Trust.Ticket(stranger.Id, TicketScope.Fetch, TimeSpan.FromSeconds(-1));
        using var forger = new TestTrust();
        var forged = forger.Ticket(stranger.Id, TicketScope.Fetch);

        Assert.Equal(ProtocolCode.TicketMissing, await RefusalAsync(stranger, []));
        Assert.Equal(ProtocolCode.TicketNotYours, await RefusalAsync(stranger, copied));
        Assert.Equal(ProtocolCode.TicketExpired, await RefusalAsync(stranger, expired));
        Assert.Equal(ProtocolCode.TicketInvalid, await RefusalAsync(stranger, forged));

        async Task<ProtocolCode> RefusalAsync(NodeIdentity identity, byte[] ticket)
        {
            var refused = await Assert.ThrowsAsync<ProtocolException>(
                () => _cluster.Trust.ConnectAsync(node, identity, ticket));
            return refused.Code;
        }
    }

    [Fact]
    public async Task Connect_ToAnotherIdThanTheNodeProves_Fails()
    {
        var impostor = _cluster.Storage[0].Address with { Id = _cluster.Storage[1].Id };

        await Assert.ThrowsAnyAsync<IOException>(() => _cluster.Trust.ConnectAsync(impostor, TicketScope.Fetch));
    }

    [Fact]
    public async Task Stop_WhileReading_EndsInOrder()
    {
        await _cluster.PutAsync(_file);
        await using var client = await _cluster.ListenerAsync(_cluster.Storage[0]);
        var read = TestCluster.ReadAsync(client, _file, 0, 20);

        await Record.ExceptionAsync(() => read);
        await _cluster.Storage[0].StopAsync();

        await client.Closed.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.False(client.IsAlive);
    }
}
