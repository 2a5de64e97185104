using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Storage.Vault;
using SpotifyCore.Testing;

namespace SpotifyCore.Storage.Tests.Vault;

/// <summary>What every vault must do.</summary>
public abstract class VaultContract
{
    /// <summary>A new, empty vault.</summary>
    protected abstract IVault Create();

    [Fact]
    public async Task Read_AfterCommit_GivesEveryChunk()
    {
        var vault = Create();
        var file = await StoreAsync(vault, seed: 1, length: 100_000);

        for (uint index = 0; index < file.Manifest.ChunkCount; index++)
            await AssertReadsAsync(vault, file, index, count: 1, chunks: 1);
    }

    [Fact]
    public async Task Read_Range_GivesWholeChunksToTheEndOfTheFile()
    {
        var vault = Create();
        var file = await StoreAsync(vault, 1, 100_000);

        await AssertReadsAsync(vault, file, first: 2, count: 3, chunks: 3);
        await AssertReadsAsync(vault, file, first: 4, count: 8, chunks: 3);
    }

    [Fact]
    public async Task Read_UnknownFileOrIndex_IsNotFound()
    {
        var vault = Create();
        var file = await StoreAsync(vault, 1, 100_000);

        Assert.Equal(ChunkReadResult.NotFound, await ReadAsync(vault, new FileId(5), 0, 1));
        Assert.Equal(ChunkReadResult.NotFound, await ReadAsync(vault, file.Id, 7, 1));
        Assert.Null(await vault.FindManifestAsync(new FileId(5)));
    }

    [Fact]
    public async Task FindManifest_AfterCommit_GivesTheSame()
    {
        var vault = Create();
        var file = await StoreAsync(vault, 1, 50_000);

        var found = await vault.FindManifestAsync(file.Id);
        Assert.True(found!.Bytes.Span.SequenceEqual(file.Manifest.Bytes.Span));
    }

    [Fact]
    public async Task Holds_OnlyWhatIsCommitted()
    {
        var vault = Create();
        var file = TestFile.Create(1, 50_000);
        await using (var writer = (await vault.BeginAsync(file.Manifest))!)
        {
            Assert.False(vault.Contains(file.Id) || vault.Holds(file.Id));
            for (uint index = 0; index < file.Manifest.ChunkCount; index++)
                await writer.WriteAsync(index, file.Bytes(index));

            Assert.False(vault.Contains(file.Id) || vault.Holds(file.Id));
            Assert.True(await writer.CommitAsync());
        }

        Assert.True(vault.Contains(file.Id) && vault.Holds(file.Id));
    }

    [Fact]
    public async Task List_InPages_GivesEveryFileInOrder()
    {
        var vault = Create();
        var stored = new List<FileId>();
        for (var seed = 1; seed <= 7; seed++)
            stored.Add((await StoreAsync(vault, seed, 1_000)).Id);

        var listed = new List<FileId>();
        for (var more = true; more;)
        {
            var page = await vault.ListAsync(listed.LastOrDefault(), 3);
            Assert.InRange(page.Files.Count, 1, 3);
            listed.AddRange(page.Files);
            more = page.HasMore;
        }

        Assert.Equal(stored.Order(), listed);
        Assert.Empty((await vault.ListAsync(listed[^1], 3)).Files);
    }

    [Fact]
    public async Task Write_AnyOrderAndTwice_Commits()
    {
        var vault = Create();
        var file = TestFile.Create(2, 60_000);
        await using var writer = (await vault.BeginAsync(file.Manifest))!;
        foreach (var index in new uint[] { 3, 0, 0, 2, 1 })
            Assert.True(await writer.WriteAsync(index, file.Bytes(index)));

        Assert.True(await writer.CommitAsync());
        Assert.True(await writer.CommitAsync());
        await AssertReadsAsync(vault, file, 0, 4, 4);
    }

    [Fact]
    public async Task Write_WrongBytesOrIndex_IsRefused()
    {
        var vault = Create();
        var file = TestFile.Create(2, 60_000);
        await using var writer = (await vault.BeginAsync(file.Manifest))!;

        Assert.False(await writer.WriteAsync(0, file.Bytes(1)));
        Assert.False(await writer.WriteAsync(9, file.Bytes(1)));
        Assert.False(await writer.WriteAsync(0, file.Bytes(0)[1..]));
        Assert.False(await writer.CommitAsync());
    }

    [Fact]
    public async Task Commit_ChunkMissing_IsFalseAndNothingIsVisible()
    {
        var vault = Create();
        var file = TestFile.Create(2, 60_000);
        await using (var writer = (await vault.BeginAsync(file.Manifest))!)
        {
            await writer.WriteAsync(0, file.Bytes(0));
            Assert.False(await writer.CommitAsync());
            Assert.Null(await vault.FindManifestAsync(file.Id));
        }

        Assert.Equal(ChunkReadResult.NotFound, await ReadAsync(vault, file.Id, 0, 1));
    }

    [Fact]
    public async Task Commit_AnyOneChunkMissing_IsFalseUntilItCame()
    {
        var vault = Create();
        var file = TestFile.Create(2, 60_000);
        for (uint missing = 0; missing < file.Manifest.ChunkCount; missing++)
        {
            await using var writer = (await vault.BeginAsync(file.Manifest))!;
            for (uint index = 0; index < file.Manifest.ChunkCount; index++)
            {
                // What comes twice does not stand for what never came.
                for (var times = 0; times < 2 && index != missing; times++)
                    Assert.True(await writer.WriteAsync(index, file.Bytes(index)));
            }

            Assert.False(await writer.CommitAsync());
            Assert.False(vault.Contains(file.Id) || vault.Holds(file.Id));
        }

        await using var last = (await vault.BeginAsync(file.Manifest))!;
        for (uint index = 0; index < file.Manifest.ChunkCount; index++)
        {
            Assert.False(await last.CommitAsync());
            await last.WriteAsync(index, file.Bytes(index));
        }

        Assert.True(await last.CommitAsync());
    }

    [Fact]
    public async Task Begin_FileHeld_IsNull()
    {
        var vault = Create();
        var file = await StoreAsync(vault, 1, 50_000);

        Assert.Null(await vault.BeginAsync(file.Manifest));
    }

    [Fact]
    public async Task Begin_TwoWritersOfOneFile_BothCommit()
    {
        var vault = Create();
        var file = TestFile.Create(4, 50_000);
        await using var one = (await vault.BeginAsync(file.Manifest))!;
        await using var other = (await vault.BeginAsync(file.Manifest))!;
        for (uint index = 0; index < file.Manifest.ChunkCount; index++)
        {
            await one.WriteAsync(index, file.Bytes(index));
            await other.WriteAsync(index, file.Bytes(index));
        }

        Assert.True(await one.CommitAsync());
        Assert.True(await other.CommitAsync());
        await AssertReadsAsync(vault, file, 0, 4, 4);
    }

    [Fact]
    public async Task Read_FromManyThreads_GivesRightBytes()
    {
        var vault = Create();
        var files = new List<TestFile>();
        for (var seed = 0; seed < 12; seed++)
            files.Add(await StoreAsync(vault, seed, 80_000 + (seed * 1_000)));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            for (var round = 0; round < 300; round++)
            {
                var file = files[random.Next(files.Count)];
                await AssertReadsAsync(vault, file, (uint)random.Next((int)file.Manifest.ChunkCount), 1, 1);
            }
        })));
    }

    [Fact]
    public async Task Discard_ThatMayGo_IsGoneAndCanBeStoredAgain()
    {
        var vault = Create();
        var file = await StoreAsync(vault, 1, 50_000);
        var other = await StoreAsync(vault, 2, 50_000);
        var absent = 0;
        vault.Absent += _ => absent++;

        Assert.True(await vault.DiscardAsync(file.Id, static _ => ValueTask.FromResult(true)));

        Assert.False(vault.Contains(file.Id) || vault.Holds(file.Id));
        Assert.Equal([other.Id], (await vault.ListAsync(default, 10)).Files);
        Assert.Equal(0, absent);
        Assert.Equal(ChunkReadResult.NotFound, await ReadAsync(vault, file.Id, 0, 1));
        await AssertReadsAsync(vault, other, 0, 1, 1);
        Assert.False(await vault.DiscardAsync(file.Id, static _ => ValueTask.FromResult(true)));
        await StoreAsync(vault, 1, 50_000);
        await AssertReadsAsync(vault, file, 0, 1, 1);
    }

    [Fact]
    public async Task Discard_ThatMayNotGo_IsThere()
    {
        var vault = Create();
        var file = await StoreAsync(vault, 1, 50_000);

        Assert.False(await vault.DiscardAsync(file.Id, static _ => ValueTask.FromResult(false)));
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await vault.DiscardAsync(file.Id, static _ => throw new InvalidOperationException()));

        Assert.True(vault.Holds(file.Id));
        await AssertReadsAsync(vault, file, 0, 1, 1);
    }

    /// <summary>Who is told that it is not held, and stores it again meanwhile, has it stored.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Discard_WhileItIsAsked_IsHeldForNobodyAndAPutWaits(bool mayGo)
    {
        var vault = Create();
        var file = await StoreAsync(vault, 1, 50_000);
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var discarding = vault.DiscardAsync(file.Id, async _ => await answer.Task).AsTask();

        Assert.False(vault.Contains(file.Id) || vault.Holds(file.Id));
        Assert.Equal(ChunkReadResult.NotFound, await ReadAsync(vault, file.Id, 0, 1));
        Assert.False(await vault.DiscardAsync(file.Id, static _ => ValueTask.FromResult(true)));
        var beginning = vault.BeginAsync(file.Manifest).AsTask();
        Assert.False(beginning.IsCompleted);
        answer.SetResult(mayGo);

        Assert.Equal(mayGo, await discarding);
        await using var writer = await beginning;
        Assert.Equal(mayGo, writer is not null);
        if (writer is not null)
        {
            for (uint index = 0; index < file.Manifest.ChunkCount; index++)
                Assert.True(await writer.WriteAsync(index, file.Bytes(index)));

            Assert.True(await writer.CommitAsync());
        }

        await AssertReadsAsync(vault, file, 0, 1, 1);
    }

    protected static async Task<TestFile> StoreAsync(IVault vault, int seed, int length)
    {
        var file = TestFile.Create(seed, length);
        await using var writer = (await vault.BeginAsync(file.Manifest))!;
        for (uint index = 0; index < file.Manifest.ChunkCount; index++)
            Assert.True(await writer.WriteAsync(index, file.Bytes(index)));

        Assert.True(await writer.CommitAsync());
        return file;
    }

    protected static ValueTask<ChunkReadResult> ReadAsync(IVault vault, FileId file, uint first, uint count) =>
        vault.ReadAsync(
            new ChunkRequest(file, first, count, RequestPriority.Playing, Instant.Never),
            new byte[count * Manifest.ChunkSize]);

    protected static async Task AssertReadsAsync(IVault vault, TestFile file, uint first, uint count, uint chunks)
    {
        var destination = new byte[count * Manifest.ChunkSize];
        var read = await vault.ReadAsync(
            new ChunkRequest(file.Id, first, count, RequestPriority.Playing, Instant.Never), destination);

        Assert.Equal((ChunkReadStatus.Found, Tier.Master), (read.Status, read.Tier));
        var offset = 0;
        for (var index = first; index < first + chunks; index++)
        {
            var bytes = file.Bytes(index).Span;
            Assert.True(bytes.SequenceEqual(destination.AsSpan(offset, bytes.Length)));
            offset += bytes.Length;
        }

        Assert.Equal(offset, read.Length);
    }
}
