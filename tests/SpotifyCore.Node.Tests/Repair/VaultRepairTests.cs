using System.Collections.Concurrent;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Node.Tests.Composition;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Testing;

namespace SpotifyCore.Node.Tests.Repair;

/// <summary>Masters that lost something get it back from each other, without being told.</summary>
public sealed class VaultRepairTests : IAsyncLifetime
{
    private const int Chunks = 20;
    private readonly TestCluster _cluster = new();
    private readonly TestFile[] _files =
        [.. Enumerable.Range(1, 24).Select(static seed => TestFile.Create(seed, (Chunks * Manifest.ChunkSize) - 9))];

    public async Task InitializeAsync()
    {
        foreach (var master in _cluster.Masters)
            await _cluster.StartAsync(master);

        foreach (var file in _files)
            await _cluster.PutAsync(file);
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Vault_Deleted_IsFullAgain()
    {
        var master = _cluster.Masters[1];
        await DeleteVaultAsync(master);

        await _cluster.StartAsync(master);

        foreach (var file in OwnedBy(master))
            await WaitUntilHeldAsync(master, file);

        foreach (var file in _files.Except(OwnedBy(master)))
            Assert.False(await HoldsAsync(master, file));
    }

    [Theory]
    [InlineData("read")]
    [InlineData("put")]
    public async Task Vault_DeletedUnderARunningMaster_IsFullAgainAfterTheFirst(string use)
    {
        var master = _cluster.Masters[1];
        var owned = OwnedBy(master).ToArray();
        await Eventually.TrueAsync(() => TryDelete(Path.Combine(master.Data, "vault")));

        // A read of what is another's: it is lacking in any case.
        await using var client = await _cluster.ListenerAsync(master);
        if (use == "read")
            await ReadsAsync(client, _files.Except(owned).First(), 0);
        else
            await _cluster.PutAsync(Others().First(file => _cluster.OwnersOf(file.Id).Contains(master)));

        // Looked for on the disk: to ask the master would be a read.
        await Eventually.TrueAsync(() => Task.FromResult(owned.All(file => PathsOf(master, file).Length == 1)));
    }

    [Fact]
    public async Task Files_DeletedUnderARunningMaster_AreThereAgainAfterOneIsAskedFor()
    {
        var master = _cluster.Masters[1];
        TestFile[] lost = [OwnedBy(master).First(), OwnedBy(master).Last()];

        // Started anew it has not been asked yet for anything that was on its way to it. What the others hold is compared
        // first, so that no list shows what is lacking.
        var (compared, listed) = (0, _cluster.Masters.Where(other => other != master).Sum(other => OwnedBy(other).Count()));
        await master.StopAsync();
        master.Wrap = vault => new FailingVault(vault) { OnContains = _ => Interlocked.Increment(ref compared) };
        await _cluster.StartAsync(master);
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref compared) >= listed));
        foreach (var file in lost)
            File.Delete(PathsOf(master, file).Single());

        await using var client = await _cluster.ListenerAsync(master);
        Assert.False(await ReadsAsync(client, lost[0], 0));

        await Eventually.TrueAsync(() => Task.FromResult(lost.All(file => PathsOf(master, file).Length == 1)));
        Assert.True(await ReadsAsync(client, lost[0], 0));
    }

    [Fact]
    public async Task Vault_DeletedWhileTheOthersAreAway_IsFullOnceTheyAppear()
    {
        var master = _cluster.Masters[0];
        await DeleteVaultAsync(master);
        await _cluster.Masters[1].StopAsync();
        await _cluster.Masters[2].StopAsync();

        await _cluster.StartAsync(master);
        foreach (var file in OwnedBy(master))
            Assert.False(await HoldsAsync(master, file));

        await _cluster.StartAsync(_cluster.Masters[1]);
        await _cluster.StartAsync(_cluster.Masters[2]);
        foreach (var file in OwnedBy(master))
            await WaitUntilHeldAsync(master, file);
    }

    [Fact]
    public async Task Read_DamagedChunk_IsThereAgain()
    {
        var file = _files[0];
        var owner = _cluster.OwnersOf(file.Id)[0];
        Damage(owner, file, 7);
        await using var client = await _cluster.ListenerAsync(owner);
        Assert.False(await ReadsAsync(client, file, 7));

        await Eventually.TrueAsync(async () => await ReadsAsync(client, file, 7));
    }

    [Fact]
    public async Task Read_BothOwnersDamaged_EachTakesWhatTheOtherHas()
    {
        var file = _files[0];
        var owners = _cluster.OwnersOf(file.Id);
        Damage(owners[0], file, 3);
        Damage(owners[1], file, 11);
        foreach (var (owner, chunk) in owners.Zip([3u, 11u]))
        {
            await using var client = await _cluster.ListenerAsync(owner);
            await ReadsAsync(client, file, chunk);
        }

        foreach (var owner in owners)
        {
            await WaitUntilHeldAsync(owner, file);
            await using var client = await _cluster.ListenerAsync(owner);
            Assert.True(await ReadsAsync(client, file, 3) && await ReadsAsync(client, file, 11));
        }
    }

    [Fact]
    public async Task Scrub_DamageThatNobodyRead_IsFoundAndRepaired()
    {
        var file = _files[0];
        var owner = _cluster.OwnersOf(file.Id)[1];
        await owner.StopAsync();
        Damage(owner, file, 5);

        await _cluster.StartAsync(owner, "--scrub:bytes-per-second", "1GiB", "--scrub:every", "50ms");

        // Read from the disk, as what is looked for is a repair that no read here brought about.
        await Eventually.TrueAsync(() => Task.FromResult(Find(owner, file, 5)));
    }

    [Fact]
    public async Task Scrub_FilesThatCannotBeRead_GoesOnAfterThem()
    {
        var owner = _cluster.Masters[0];
        var file = OwnedBy(owner).MaxBy(static file => file.Id)!;
        await owner.StopAsync();
        Damage(owner, file, 5);
        owner.Wrap = vault => new FailingVault(vault)
        {
            OnFindManifest = asked => ThrowIf(asked != file.Id, new IOException("Too many open files.")),
        };

        await _cluster.StartAsync(owner, "--scrub:bytes-per-second", "1GiB", "--scrub:every", "50ms");

        await Eventually.TrueAsync(() => Task.FromResult(Find(owner, file, 5)));
    }

    [Fact]
    public async Task Scrub_StartedAnew_GoesOnWhereItWas()
    {
        var owner = _cluster.Masters[0];
        var read = new ConcurrentQueue<FileId>();
        owner.Wrap = vault => new FailingVault(vault) { OnFindManifest = read.Enqueue };
        for (var start = 0; read.Distinct().Count() < 3; start++)
        {
            // At this rate the second file of a run is a week away. A read that the end cuts short comes again.
            Assert.True(start < 20, string.Join(' ', read));
            var before = read.Count;
            await owner.StopAsync();
            await _cluster.StartAsync(owner, "--scrub:bytes-per-second", "1", "--scrub:every", "50ms");
            await Eventually.TrueAsync(() => Task.FromResult(read.Count > before));
        }

        await owner.StopAsync();
        FileId[] files = [.. OwnedBy(owner).Select(static file => file.Id).Order()];
        foreach (var (one, next) in read.Zip(read.Skip(1)))
            Assert.Contains(next, new[] { one, files[(Array.IndexOf(files, one) + 1) % files.Length] });
    }

    [Fact]
    public async Task Fetch_UnforeseenFailure_TakesNoSlotForGood()
    {
        var master = _cluster.Masters[1];
        var failures = 1;
        await DeleteVaultAsync(master);
        master.Wrap = vault => new FailingVault(vault)
        {
            OnBegin = _ => ThrowIf(Interlocked.Decrement(ref failures) >= 0, new InvalidOperationException()),
        };

        await _cluster.StartAsync(master, "--repair:fetches", "1");

        // The one that failed is tried again later.
        var owned = OwnedBy(master).ToArray();
        await Eventually.TrueAsync(async () =>
        {
            var held = 0;
            foreach (var file in owned)
                held += await HoldsAsync(master, file) ? 1 : 0;

            return held >= owned.Length - 1;
        });
        Assert.True(failures < 0);
    }

    [Fact]
    public async Task List_UnforeseenFailure_IsAskedForAgain()
    {
        var master = _cluster.Masters[1];
        var failures = 2;
        await DeleteVaultAsync(master);
        master.Wrap = vault => new FailingVault(vault)
        {
            OnContains = _ => ThrowIf(Interlocked.Decrement(ref failures) >= 0, new InvalidOperationException()),
        };

        // The end of a round of the scrub asks for all lists.
        await _cluster.StartAsync(master, "--scrub:bytes-per-second", "1GiB", "--scrub:every", "50ms");

        foreach (var file in OwnedBy(master))
            await WaitUntilHeldAsync(master, file);

        Assert.True(failures < 0);
    }

    [Fact]
    public async Task List_AsksForAllPages_AndOnlyNodesMayAsk()
    {
        await using var listener = await _cluster.ListenerAsync(_cluster.Masters[0]);

        Assert.Null(await listener.ListAsync(default));
        Assert.True(listener.IsAlive);
    }

    private IEnumerable<TestFile> OwnedBy(TestNode master) =>
        _files.Where(file => _cluster.OwnersOf(file.Id).Contains(master));

    private static void ThrowIf(bool fails, Exception failure)
    {
        if (fails)
            throw failure;
    }

    private static async Task DeleteVaultAsync(TestNode master)
    {
        await master.StopAsync();
        Directory.Delete(Path.Combine(master.Data, "vault"), recursive: true);
    }

    private static void Damage(TestNode master, TestFile file, uint chunk) =>
        DiskDamage.FlipEverywhere(Path.Combine(master.Data, "vault"), file.Bytes(chunk).ToArray());

    private static IEnumerable<TestFile> Others() =>
        Enumerable.Range(100, 100).Select(static seed => TestFile.Create(seed, 1_000));

    /// <summary>False while a repair puts files in that are deleted.</summary>
    private static bool TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string[] PathsOf(TestNode master, TestFile file)
    {
        var objects = Path.Combine(master.Data, "vault", "objects");
        return Directory.Exists(objects)
            ? Directory.GetFiles(objects, file.Id + ".scv", SearchOption.AllDirectories)
            : [];
    }

    private static bool Find(TestNode master, TestFile file, uint chunk)
    {
        var path = PathsOf(master, file).Single();
        return File.ReadAllBytes(path).AsSpan().IndexOf(file.Bytes(chunk).Span) >= 0;
    }

    private async Task WaitUntilHeldAsync(TestNode master, TestFile file) =>
        await Eventually.TrueAsync(() => HoldsAsync(master, file));

    private async Task<bool> HoldsAsync(TestNode master, TestFile file)
    {
        await using var client = await _cluster.ListenerAsync(master);
        return await client.HoldsAsync(file.Id) == HaveKind.Whole;
    }

    private static async Task<bool> ReadsAsync(ChunkClient client, TestFile file, uint chunk)
    {
        var bytes = new byte[Manifest.ChunkSize];
        var deadline = TimeProvider.System.GetInstant() + TimeSpan.FromSeconds(20);
        var request = new ChunkRequest(file.Id, chunk, 1, RequestPriority.Playing, deadline, LocalOnly: true);
        return (await client.ReadAsync(request, file.Manifest, bytes)).Status == ChunkReadStatus.Found;
    }
}
