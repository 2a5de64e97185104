using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Tiers;
using SpotifyCore.Node.Manifests;
using SpotifyCore.Node.Tiers;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Testing;

namespace SpotifyCore.Node.Tests.Tiers;

public sealed class TieredChunkSourceTests : IAsyncLifetime
{
    private readonly TestFile _file = TestFile.Create(seed: 1, (40 * Manifest.ChunkSize) + 777);
    private readonly TestFile _big = TestFile.Create(seed: 3, 100 * Manifest.ChunkSize);
    private readonly MemoryChunkCache _cache = new(64L << 20);
    private readonly FarSource _master;
    private readonly TieredChunkSourceOptions _options = new();
    private readonly byte[] _bytes = new byte[64 * Manifest.ChunkSize];
    private TieredChunkSource _node = null!;
    private ManifestTable _manifests = null!;

    public TieredChunkSourceTests()
    {
        _master = new FarSource(_file, _big);
    }

    public Task InitializeAsync()
    {
        Build();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task ReadAsync_Cold_ComesFromMasterOnceAndThenFromHere()
    {
        var cold = await ReadAllAsync();
        var warm = await ReadAllAsync();

        Assert.All(cold, static tier => Assert.Equal(Tier.Master, tier));
        Assert.All(warm, static tier => Assert.Equal(Tier.Production, tier));
        Assert.Equal(41, _master.Asked.Count);
        Assert.All(_master.Asked.Values, static count => Assert.Equal(1, count));
        Assert.Equal(1, _master.ManifestsAsked);
    }

    [Fact]
    public async Task ReadAsync_ColdChunk_ReadsAheadInPiecesAskedForAtOnce()
    {
        _master.Close();
        var read = _node.ReadAsync(Request(0, 1), _bytes).AsTask();
        while (_master.ManifestsAsked == 0)
            await Task.Yield();

        _master.Open();
        await read;
        await _node.DisposeAsync();

        Assert.Equal(
            Enumerable.Range(0, 32).Select(i => (uint)i), _master.Asked.Keys.Select(chunk => chunk.Index).Order());
        Assert.InRange(_master.Requests.Count, 2, 8);
        Assert.Contains(
            _master.Requests, static asked => asked is { First: 0, Count: 1, Priority: RequestPriority.Playing });
        Assert.All(
            _master.Requests.Where(static asked => asked.First > 0),
            static asked => Assert.Equal(RequestPriority.Prefetch, asked.Priority));
    }

    [Fact]
    public async Task ReadAsync_ReadOn_HasTheNextStretchBeforeItIsReached()
    {
        for (uint i = 0; i < 16; i++)
            await ReadOneAsync(i);

        await Eventually.TrueAsync(() => _master.Asked.Count == 41);
        Assert.All(_master.Asked.Values, static count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task ReadAsync_ManyAtOnce_FetchOnce()
    {
        _master.Close();
        var buffers = Enumerable.Range(0, 100).Select(static _ => new byte[Manifest.ChunkSize]).ToArray();
        var reads = Array.ConvertAll(buffers, buffer => _node.ReadAsync(Request(3, 1), buffer).AsTask());
        _master.Open();

        Assert.All(await Task.WhenAll(reads), static result => Assert.Equal(ChunkReadStatus.Found, result.Status));
        Assert.All(buffers, buffer => Assert.Equal(_file.Bytes(3), buffer));
        Assert.Equal(1, _master.Asked[_file.Chunk(3)]);
    }

    [Fact]
    public async Task ReadAsync_LeaderCancelled_FollowersGetTheirs()
    {
        await ReadOneAsync(40);
        _master.Close();
        using var cancel = new CancellationTokenSource();
        var leader = _node.ReadAsync(Request(0, 1), new byte[Manifest.ChunkSize], cancel.Token).AsTask();
        await Eventually.TrueAsync(() => _master.Asked.ContainsKey(_file.Chunk(0)));
        var follower = _node.ReadAsync(Request(0, 1), _bytes).AsTask();

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader);
        _master.Open();

        Assert.Equal(ChunkReadStatus.Found, (await follower).Status);
        Assert.Equal(1, _master.Asked[_file.Chunk(0)]);
        Assert.Equal(_file.Bytes(0), _bytes.AsMemory(0, Manifest.ChunkSize));
    }

    [Fact]
    public async Task ReadAsync_DeadlinePassed_IsUnavailableAndTheFetchGoesOn()
    {
        await ReadOneAsync(40);
        _master.Close();
        var hasty = Request(0, 1) with { Deadline = TimeProvider.System.GetInstant() + TimeSpan.FromMilliseconds(20) };

        Assert.Equal(ChunkReadStatus.Unavailable, (await _node.ReadAsync(hasty, _bytes)).Status);
        _master.Open();

        await ReadOneAsync(0);
        Assert.Equal(1, _master.Asked[_file.Chunk(0)]);
    }

    [Fact]
    public async Task ReadAsync_SiblingHasIt_MasterIsNotAsked()
    {
        var sibling = new FarSource(_file);
        await _node.DisposeAsync();
        Build(sibling);

        Assert.Equal(Tier.Production, await ReadOneAsync(0));
        Assert.Empty(_master.Asked);
        Assert.Equal(1, sibling.Asked[_file.Chunk(0)]);
        Assert.Equal(Tier.Production, await ReadOneAsync(0));
    }

    [Fact]
    public async Task ReadAsync_SiblingFailsOrAnswersShort_MasterFillsIn()
    {
        await _node.DisposeAsync();
        Build(new FarSource(_file) { LongestAnswer = 1 }, new FarSource { Failure = new IOException("gone") });

        await ReadAllAsync();
    }

    [Fact]
    public async Task ReadAsync_LocalOnly_AsksNobody()
    {
        Assert.Equal(ChunkReadResult.NotFound, await _node.ReadAsync(Request(0, 4) with { LocalOnly = true }, _bytes));
        Assert.Empty(_master.Asked);
        Assert.Equal(0, _master.ManifestsAsked);
    }

    [Fact]
    public async Task ReadAsync_UnknownFileOrChunk_IsNotFound()
    {
        var unknown = Request(0, 1) with { File = TestFile.Create(seed: 2, 10).Id };

        Assert.Equal(ChunkReadStatus.NotFound, (await _node.ReadAsync(unknown, _bytes)).Status);
        Assert.Equal(ChunkReadStatus.NotFound, (await _node.ReadAsync(Request(41, 1), _bytes)).Status);
    }

    [Fact]
    public async Task ReadAsync_MasterOutOfReach_IsUnavailableUntilItIsBack()
    {
        _master.Failure = new IOException("down");
        Assert.Equal(ChunkReadStatus.Unavailable, (await _node.ReadAsync(Request(0, 1), _bytes)).Status);

        _master.Failure = null;
        _master.Answer = ChunkReadResult.Busy;
        Assert.Equal(ChunkReadStatus.Busy, (await _node.ReadAsync(Request(0, 1), _bytes)).Status);

        _master.Answer = null;
        await ReadOneAsync(0);
    }

    [Fact]
    public async Task ReadAsync_TooManyUnderWay_IsBusyUntilTheyAreThere()
    {
        await _node.DisposeAsync();
        _options.MaxFlights = 64;
        _options.ReadAheadChunks = 0;
        Build();
        await _manifests.FindManifestAsync(_big.Id);
        _master.Close();

        var reads = Enumerable.Range(0, 99)
            .Select(i => Request((uint)i, 1) with { File = _big.Id })
            .Select(request => _node.ReadAsync(request, new byte[Manifest.ChunkSize]).AsTask())
            .ToArray();
        // Each read begins on a thread of the pool: those that find no room end while the master is still silent.
        await Eventually.TrueAsync(() => reads.Count(static read => read.IsCompleted) == 35);
        _master.Open();
        var results = await Task.WhenAll(reads);

        Assert.Equal(35, results.Count(static result => result.Status == ChunkReadStatus.Busy));
        Assert.Equal(64, results.Count(static result => result.Status == ChunkReadStatus.Found));

        // Once what came is kept, there is room again.
        var another = Request(99, 1) with { File = _big.Id };
        await Eventually.TrueAsync(
            async () => (await _node.ReadAsync(another, _bytes)).Status == ChunkReadStatus.Found);
    }

    [Fact]
    public async Task ReadAsync_RangePartlyHere_GivesWhatIsHereAndThenTheRest()
    {
        await _cache.PutAsync(_file.Chunk(0), _file.Bytes(0));
        await _cache.PutAsync(_file.Chunk(1), _file.Bytes(1));

        var first = await _node.ReadAsync(Request(0, 4), _bytes);

        Assert.Equal(ChunkReadResult.Found(2 * Manifest.ChunkSize, Tier.Production), first);
        Assert.Equal(Tier.Master, await ReadOneAsync(2));
    }

    [Fact]
    public async Task ReadAsync_HitInMemory_DoesNotAllocate()
    {
        await ReadAllAsync();
        await ReadAllAsync();

        var hit = default(ValueTask<ChunkReadResult>);
        AllocationAssert.None(() => hit = _node.ReadAsync(Request(7, 1), _bytes));
        Assert.Equal(ChunkReadResult.Found(Manifest.ChunkSize, Tier.Production), await hit);
        AllocationAssert.None(() => hit = _node.ReadAsync(Request(4, 32), _bytes));
        Assert.Equal(32 * Manifest.ChunkSize, (await hit).Length);
    }

    private void Build(params FarSource[] siblings)
    {
        FarSource[] far = [.. siblings, _master];
        TierPolicy[] policies =
        [
            new TierPolicy(Tier.Production, Timeout.InfiniteTimeSpan, IsLocal: true),
            .. far[..^1].Select(static _ => new TierPolicy(Tier.Production, TimeSpan.FromSeconds(10))),
            new TierPolicy(Tier.Master, Timeout.InfiniteTimeSpan),
        ];
        var tiers = new NodeTiers([new CacheChunkSource(_cache), .. far], new TierResolver(policies), _cache);
        _manifests = new ManifestTable(_master);
        _node = new TieredChunkSource(
            tiers, _manifests, _options, TimeProvider.System, NullLogger<TieredChunkSource>.Instance);
    }

    private async Task<Tier> ReadOneAsync(uint index)
    {
        var result = await _node.ReadAsync(Request(index, 1), _bytes);
        Assert.Equal(ChunkReadStatus.Found, result.Status);
        Assert.Equal(_file.Bytes(index), _bytes.AsMemory(0, result.Length));
        return result.Tier;
    }

    private async Task<List<Tier>> ReadAllAsync()
    {
        var tiers = new List<Tier>();
        for (uint i = 0; i < _file.Manifest.ChunkCount; i++)
            tiers.Add(await ReadOneAsync(i));

        return tiers;
    }

    private ChunkRequest Request(uint first, uint count) =>
        new(_file.Id, first, count, RequestPriority.Playing, Instant.Never);
}
