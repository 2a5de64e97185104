using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Client.Offline;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Testing;

namespace SpotifyCore.Client.Tests.Offline;

/// <summary>Files that are kept: whole ones, and what of others is there after whatever ended their coming.</summary>
public sealed class OfflineFilesTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private readonly MemoryChunkCache _cache = new(64L << 20);
    private readonly KeptFile _file = KeptFile.Make();
    private OfflineFiles _files;

    public OfflineFilesTests() => _files = Open();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _files.Dispose();
        await _cache.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Complete_AllOfAFile_IsReadFromIt()
    {
        Assert.Equal(0u, CountOf(await _files.BeginAsync(_file.Manifest)));
        Assert.True(_files.IsComing(_file.Manifest.File));
        for (var chunk = 0u; chunk < _file.Manifest.ChunkCount; chunk++)
            await _files.WriteAsync(_file.IdOf(chunk), _file.Chunk(chunk));

        Assert.Equal((_file.Manifest.Length, _file.Manifest.Length), _files.ProgressOf(_file.Manifest.File));
        Assert.False(_files.Holds(_file.Manifest.File));
        _files.Complete(_file.Manifest.File);

        await AssertWholeAsync();
        _files.Dispose();
        _files = Open();
        await AssertWholeAsync();
        Assert.Equal(_file.Manifest.Length, _files.Bytes);
    }

    [Fact]
    public async Task Begin_AfterItsComingWasEnded_HasWhatCameAndNotWhatWasTorn()
    {
        await _files.BeginAsync(_file.Manifest);
        foreach (var chunk in new uint[] { 0, 1, 4 })
            await _files.WriteAsync(_file.IdOf(chunk), _file.Chunk(chunk));

        // Half of a chunk, as after a loss of power.
        await _files.WriteAsync(_file.IdOf(2), _file.Chunk(2)[..4_000]);
        _files.Dispose();
        _files = Open();
        Assert.False(_files.Holds(_file.Manifest.File));

        var present = await _files.BeginAsync(_file.Manifest);
        Assert.Equal(0b1_0011ul, Assert.Single(present));
    }

    [Fact]
    public async Task Begin_OfWhatTheCacheHas_TakesItFromThere()
    {
        foreach (var chunk in new uint[] { 1, 3 })
            await _cache.PutAsync(_file.IdOf(chunk), _file.Chunk(chunk));

        var present = await _files.BeginAsync(_file.Manifest);
        Assert.Equal(0b1010ul, Assert.Single(present));
        _files.Pause(_file.Manifest.File);
        await Assert.ThrowsAsync<IOException>(() => _files.WriteAsync(_file.IdOf(0), _file.Chunk(0)).AsTask());
        await _files.BeginAsync(_file.Manifest);
        foreach (var chunk in new uint[] { 0, 2, 4 })
            await _files.WriteAsync(_file.IdOf(chunk), _file.Chunk(chunk));

        _files.Complete(_file.Manifest.File);
        await AssertWholeAsync();
    }

    [Fact]
    public async Task Read_OfADamagedFile_GivesNothingOfItAndItIsGone()
    {
        await KeepAsync();
        FileId? damaged = null;
        _files.Damaged = file => damaged = file;
        var path = Path.Combine(_directory["files"], _file.Manifest.File.ToString());
        var bytes = File.ReadAllBytes(path);
        bytes[20_000] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Equal(Manifest.ChunkSize, await _files.ReadAsync(_file.IdOf(0), new byte[Manifest.ChunkSize]));
        Assert.Equal(0, await _files.ReadAsync(_file.IdOf(1), new byte[Manifest.ChunkSize]));

        Assert.Equal(_file.Manifest.File, damaged);
        Assert.False(_files.Holds(_file.Manifest.File) || File.Exists(path));
    }

    [Fact]
    public async Task Remove_AFile_LeavesNothingOfIt()
    {
        await KeepAsync();
        Assert.Equal(Manifest.ChunkSize, await _files.ReadAsync(_file.IdOf(0), new byte[Manifest.ChunkSize]));

        _files.Remove(_file.Manifest.File);

        Assert.Equal((false, 0L), (_files.Holds(_file.Manifest.File), _files.Bytes));
        Assert.Equal(0, _files.CopyPresence(_file.Manifest.File, new ulong[1]));
        Assert.Equal(0, await _files.ReadAsync(_file.IdOf(0), new byte[Manifest.ChunkSize]));
        Assert.Empty(Directory.GetFiles(_directory["files"]));
    }

    [Fact]
    public async Task Sweep_WhatNobodyWants_IsDeletedAndTheRestStays()
    {
        await KeepAsync();
        var other = KeptFile.Make(seed: 2);
        await _files.BeginAsync(other.Manifest);
        await _files.WriteAsync(other.IdOf(0), other.Chunk(0));
        _files.Pause(other.Manifest.File);

        _files.Sweep(new HashSet<FileId> { _file.Manifest.File });

        await AssertWholeAsync();
        Assert.Equal(2, Directory.GetFiles(_directory["files"]).Length);
    }

    [Fact]
    public async Task Begin_CacheThatFails_ThrowsAndTheFileCanBeBegunAgain()
    {
        using var files = new OfflineFiles(_directory["files"], new FailingCache(), NullLogger.Instance);

        await Assert.ThrowsAsync<IOException>(() => files.BeginAsync(_file.Manifest));

        Assert.False(files.IsComing(_file.Manifest.File));
        Assert.Equal(0u, CountOf(await _files.BeginAsync(_file.Manifest)));
    }

    private static uint CountOf(ulong[] present) => (uint)present.Sum(static word => (int)ulong.PopCount(word));

    /// <summary>Says that it has a chunk, and does not give it.</summary>
    private sealed class FailingCache : IChunkCache
    {
        public ChunkCacheUsage Usage => default;

        public ValueTask<int> ReadAsync(
            ChunkId chunk, Memory<byte> destination, CancellationToken cancellationToken = default) =>
            throw new IOException("The disk failed.");

        public ValueTask PutAsync(
            ChunkId chunk, ReadOnlyMemory<byte> sealedChunk, CancellationToken cancellationToken = default) =>
            ValueTask.CompletedTask;

        public int CopyPresence(FileId file, Span<ulong> present)
        {
            present[0] = 1;
            return 1;
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private OfflineFiles Open()
    {
        var files = new OfflineFiles(_directory["files"], _cache, NullLogger.Instance);
        files.Find();
        return files;
    }

    private async Task KeepAsync()
    {
        await _files.BeginAsync(_file.Manifest);
        for (var chunk = 0u; chunk < _file.Manifest.ChunkCount; chunk++)
            await _files.WriteAsync(_file.IdOf(chunk), _file.Chunk(chunk));

        _files.Complete(_file.Manifest.File);
    }

    private async Task AssertWholeAsync()
    {
        Assert.True(_files.Holds(_file.Manifest.File));
        var present = new ulong[1];
        Assert.Equal((int)_file.Manifest.ChunkCount, _files.CopyPresence(_file.Manifest.File, present));
        Assert.Equal(0b1_1111ul, present[0]);
        var buffer = new byte[Manifest.ChunkSize];
        for (var chunk = 0u; chunk < _file.Manifest.ChunkCount; chunk++)
        {
            var length = await _files.ReadAsync(_file.IdOf(chunk), buffer);
            Assert.True(_file.Chunk(chunk).Span.SequenceEqual(buffer.AsSpan(0, length)));
        }
    }
}
