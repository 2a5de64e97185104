using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Storage.Vault;
using SpotifyCore.Testing;

namespace SpotifyCore.Storage.Tests.Vault;

public sealed class FileVaultTests : VaultContract, IDisposable
{
    private const int HeadSize = 4096;

    private readonly TempDirectory _directory = new();
    private FileVault? _vault;

    public void Dispose()
    {
        _vault?.Dispose();
        _directory.Dispose();
    }

    protected override IVault Create() => Open(openFiles: 4);

    private FileVault Open(int openFiles = 512)
    {
        _vault?.Dispose();
        var options = new VaultOptions { Directory = _directory["vault"], OpenFiles = openFiles };
        return _vault = new FileVault(options, NullLogger<FileVault>.Instance);
    }

    /// <summary>As another process would, beside the one that is open.</summary>
    private FileVault OpenAnother() =>
        new(new VaultOptions { Directory = _directory["vault"] }, NullLogger<FileVault>.Instance);

    [Fact]
    public async Task Open_Again_HoldsTheFiles()
    {
        var one = await StoreAsync(Open(), 1, 40_000);
        var two = await StoreAsync(_vault!, 2, 40_000);

        var again = Open();
        await AssertReadsAsync(again, one, 0, 3, 3);
        await AssertReadsAsync(again, two, 0, 3, 3);
        Assert.Equal(new[] { one.Id, two.Id }.Order(), (await again.ListAsync(default, 10)).Files);
    }

    [Fact]
    public void Open_Twice_SaysThatTheDirectoryIsInUse()
    {
        Open();

        var error = Assert.Throws<IOException>(OpenAnother);
        Assert.Contains(_directory["vault"], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_UnfinishedFilesThere_RemovesThem()
    {
        var file = TestFile.Create(1, 50_000);
        var writer = (await Open().BeginAsync(file.Manifest))!;
        await writer.WriteAsync(0, file.Bytes(0));
        var incoming = Path.Combine(_directory["vault"], "incoming");
        Assert.Single(Directory.GetFiles(incoming));

        Open();
        Assert.Empty(Directory.GetFiles(incoming));
    }

    [Fact]
    public async Task Dispose_WriterNotCommitted_LeavesNothing()
    {
        var file = TestFile.Create(1, 50_000);
        await using (var writer = (await Open().BeginAsync(file.Manifest))!)
            await writer.WriteAsync(0, file.Bytes(0));

        Assert.Empty(Directory.GetFiles(Path.Combine(_directory["vault"], "incoming")));
        Assert.Empty((await _vault!.ListAsync(default, 10)).Files);
    }

    [Fact]
    public async Task Read_EveryBitOfAChunkFlippedInTurn_NeverGivesIt()
    {
        var file = await StoreAsync(Open(), 1, 3_000);
        for (var bit = 0; bit < 3_000 * 8; bit += 397)
        {
            FlipBit(file, (HeadSize * 8) + bit);
            Assert.Equal(ChunkReadResult.NotFound, await ReadAsync(_vault!, file.Id, 0, 1));
            FlipBit(file, (HeadSize * 8) + bit);
        }

        await AssertReadsAsync(_vault!, file, 0, 1, 1);
        Assert.True(_vault!.DamagedReads > 50);
    }

    [Fact]
    public async Task Read_RangeWithADamagedChunk_GivesWhatComesBeforeIt()
    {
        var file = await StoreAsync(Open(), 1, 100_000);
        FlipBit(file, (HeadSize + (2 * Manifest.ChunkSize) + 5) * 8);

        Assert.Equal(2 * Manifest.ChunkSize, (await ReadAsync(_vault!, file.Id, 0, 4)).Length);
        Assert.Equal(ChunkReadResult.NotFound, await ReadAsync(_vault!, file.Id, 2, 1));
        await AssertReadsAsync(_vault!, file, 3, 1, 1);
    }

    [Fact]
    public async Task Read_AnyBitOfTheHeadFlipped_GivesRightBytesOrNothing()
    {
        var file = await StoreAsync(Open(), 1, 3_000);
        for (var bit = 0; bit < (8 + file.Manifest.Bytes.Length) * 8; bit++)
        {
            FlipBit(file, bit);
            var vault = Open();
            Assert.Equal(ChunkReadResult.NotFound, await ReadAsync(vault, file.Id, 0, 1));
            Assert.Null(await vault.FindManifestAsync(file.Id));
            FlipBit(file, bit);
        }
    }

    [Fact]
    public async Task Read_DamagedFile_IsReportedOnceUntilItIsStoredAgain()
    {
        var file = await StoreAsync(Open(), 1, 100_000);
        var reported = new List<FileId>();
        _vault!.DamageFound += reported.Add;
        FlipBit(file, (HeadSize + 9) * 8);
        FlipBit(file, (HeadSize + (3 * Manifest.ChunkSize) + 9) * 8);

        for (uint index = 0; index < 5; index++)
            await ReadAsync(_vault, file.Id, index, 1);

        Assert.Equal([file.Id], reported);
        Assert.False(_vault.Contains(file.Id) || _vault.Holds(file.Id));

        await StoreAsync(_vault, 1, 100_000);
        Assert.True(_vault.Holds(file.Id));
        FlipBit(file, (HeadSize + 9) * 8);
        await ReadAsync(_vault, file.Id, 0, 1);
        Assert.Equal([file.Id, file.Id], reported);
    }

    [Fact]
    public async Task Read_FileThatCannotBeOpened_IsDamagedUntilItIsStoredAgain()
    {
        var file = await StoreAsync(Open(), 1, 50_000);
        var vault = Open();
        var reported = new List<FileId>();
        vault.DamageFound += reported.Add;
        using (File.Open(PathOf(file), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            await AssertDamagedAsync(vault, file);

        Assert.Equal([file.Id], reported);
        await StoreAsync(vault, 1, 50_000);
        await AssertReadsAsync(vault, file, 0, 4, 4);
    }

    [Fact]
    public async Task Read_HeadThatCannotBeRead_IsDamagedUntilItIsStoredAgain()
    {
        // A file that opens, and whose first bytes the kernel refuses with EIO, as a bad sector's.
        if (!OperatingSystem.IsLinux())
            return;

        var file = await StoreAsync(Open(), 1, 50_000);
        var path = PathOf(file);
        var vault = Open();
        var reported = new List<FileId>();
        vault.DamageFound += reported.Add;
        File.Delete(path);
        File.CreateSymbolicLink(path, "/proc/self/mem");

        await AssertDamagedAsync(vault, file);

        Assert.Equal([file.Id], reported);
        await StoreAsync(vault, 1, 50_000);
        await AssertReadsAsync(vault, file, 0, 4, 4);
    }

    [Theory]
    [InlineData("read")]
    [InlineData("list")]
    [InlineData("put")]
    public async Task Directory_Deleted_IsReportedOnceUntilItIsThereAgain(string use)
    {
        var file = await StoreAsync(Open(), 1, 50_000);
        var vault = Open();
        var (lost, absent) = (0, new List<FileId>());
        vault.Lost += () => lost++;
        vault.Absent += absent.Add;
        Assert.Equal(ChunkReadResult.NotFound, await ReadAsync(vault, new FileId(9), 0, 1));
        Assert.Equal((0, new FileId(9)), (lost, Assert.Single(absent)));

        for (var time = 1; time <= 2; time++)
        {
            Directory.Delete(_directory["vault"], recursive: true);
            if (use == "read")
                await ReadAsync(vault, file.Id, 0, 1);
            else if (use == "list")
                await vault.ListAsync(default, 10);

            await StoreAsync(vault, 1, 50_000);
            Assert.Equal(time, lost);
            await AssertReadsAsync(vault, file, 0, 4, 4);
        }

        Assert.Single((await vault.ListAsync(default, 10)).Files);
    }

    [Theory]
    [InlineData("read")]
    [InlineData("list")]
    [InlineData("put")]
    public async Task Directory_Deleted_IsStillItsOwn(string use)
    {
        var vault = Open();
        await StoreAsync(vault, 1, 50_000);
        Directory.Delete(_directory["vault"], recursive: true);
        if (use == "read")
            await ReadAsync(vault, new FileId(9), 0, 1);
        else if (use == "list")
            await vault.ListAsync(default, 10);
        else
            await StoreAsync(vault, 2, 50_000);

        Assert.Throws<IOException>(OpenAnother);
    }

    [Fact]
    public async Task Begin_DirectoryDeletedAndTakenByAnother_Fails()
    {
        var file = await StoreAsync(Open(), 1, 50_000);
        Directory.Delete(_directory["vault"], recursive: true);
        using var another = OpenAnother();

        await ReadAsync(_vault!, new FileId(9), 0, 1);
        await Assert.ThrowsAsync<IOException>(async () => await _vault!.BeginAsync(file.Manifest));
        await StoreAsync(another, 1, 50_000);
        await AssertReadsAsync(_vault!, file, 0, 4, 4);
    }

    [Fact]
    public async Task Holds_WhileFilesAreClosedForOthers_IsTrue()
    {
        var vault = Open(openFiles: 1);
        var files = new List<FileId>();
        for (var seed = 1; seed <= 4; seed++)
            files.Add((await StoreAsync(vault, seed, 1_000)).Id);

        await Parallel.ForEachAsync(files, (file, _) =>
        {
            for (var i = 0; i < 5_000; i++)
                Assert.True(vault.Holds(file));

            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public async Task Begin_FileFoundDamaged_StoresItAgain()
    {
        var file = await StoreAsync(Open(), 1, 50_000);
        FlipBit(file, (HeadSize + 9) * 8);
        await ReadAsync(_vault!, file.Id, 0, 1);

        await StoreAsync(_vault!, 1, 50_000);
        await AssertReadsAsync(_vault!, file, 0, 4, 4);
        Assert.Null(await _vault!.BeginAsync(file.Manifest));
    }

    [Fact]
    public async Task Begin_FileCutShort_StoresItAgain()
    {
        var file = await StoreAsync(Open(), 1, 50_000);
        _vault!.Dispose();
        using (var stream = new FileStream(PathOf(file), FileMode.Open))
            stream.SetLength(stream.Length - 1);

        await StoreAsync(Open(), 1, 50_000);
        await AssertReadsAsync(_vault!, file, 0, 4, 4);
    }

    [Fact]
    public async Task Read_OpenFile_DoesNotAllocate()
    {
        var file = await StoreAsync(Open(), 1, 100_000);
        var destination = new byte[Manifest.ChunkSize];
        var request = new ChunkRequest(file.Id, 3, 1, RequestPriority.Playing, Instant.Never);

        await AllocationAssert.NoneAcrossThreadsAsync(
            [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
            async ValueTask () => await _vault!.ReadAsync(request, destination),
            rounds: 5_000);
    }

    private static async Task AssertDamagedAsync(FileVault vault, TestFile file)
    {
        Assert.True(vault.Contains(file.Id));
        Assert.Equal(ChunkReadResult.NotFound, await ReadAsync(vault, file.Id, 0, 1));
        Assert.Null(await vault.FindManifestAsync(file.Id));
        Assert.False(vault.Contains(file.Id) || vault.Holds(file.Id));
    }

    [Fact]
    public async Task Holds_OfAnotherFile_LeavesOpenWhatIsRead()
    {
        var vault = Open(openFiles: 1);
        var (read, asked) = (await StoreAsync(vault, 1, 50_000), await StoreAsync(vault, 2, 50_000));
        await AssertReadsAsync(vault, read, 0, 1, 1);
        File.Delete(PathOf(read));

        Assert.True(vault.Holds(asked.Id));

        await AssertReadsAsync(vault, read, 0, 1, 1);
    }

    private string PathOf(TestFile file) =>
        Directory.GetFiles(_directory["vault"], file.Id + ".scv", SearchOption.AllDirectories).Single();

    private void FlipBit(TestFile file, long bit)
    {
        using var stream = new FileStream(
            PathOf(file), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        stream.Position = bit / 8;
        var value = stream.ReadByte();
        stream.Position = bit / 8;
        stream.WriteByte((byte)(value ^ (1 << (int)(bit % 8))));
    }
}
