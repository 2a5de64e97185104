using System.Collections.Concurrent;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Support;

/// <summary>A backend in memory: whole files, and those that are put.</summary>
internal sealed class FileShelf(Tier tier = Tier.Production) : IChunkSource, IManifestSource, IFileIntake
{
    private readonly ConcurrentDictionary<FileId, TestFile> _files = new();
    private readonly ConcurrentDictionary<FileId, (Manifest Manifest, byte[]?[] Chunks)> _taken = new();

    public int Reads;

    public ChunkServerBackend Backend => new(this, this, this);

    public FileShelf With(params TestFile[] files)
    {
        foreach (var file in files)
            _files[file.Id] = file;

        return this;
    }

    public byte[]? Taken(ChunkId chunk) =>
        _taken.TryGetValue(chunk.File, out var file) ? file.Chunks[(int)chunk.Index] : null;

    public ValueTask<ChunkReadResult> ReadAsync(
        in ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref Reads);
        if (!_files.TryGetValue(request.File, out var file) || request.First >= file.Manifest.ChunkCount)
            return ValueTask.FromResult(ChunkReadResult.NotFound);

        var length = 0;
        var end = Math.Min(request.First + request.Count, file.Manifest.ChunkCount);
        for (var index = request.First; index < end; index++)
        {
            var bytes = file.Bytes(index);
            bytes.CopyTo(destination[length..]);
            length += bytes.Length;
        }

        return ValueTask.FromResult(ChunkReadResult.Found(length, tier));
    }

    public ValueTask<Manifest?> FindManifestAsync(FileId file, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(
            _files.TryGetValue(file, out var held) ? held.Manifest
            : _taken.TryGetValue(file, out var taken) ? taken.Manifest : null);

    public ValueTask<IFileIntakeWriter?> BeginAsync(Manifest manifest, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IFileIntakeWriter?>(
            _files.ContainsKey(manifest.File) || _taken.ContainsKey(manifest.File) ? null : new Writer(this, manifest));

    private sealed class Writer(FileShelf shelf, Manifest manifest) : IFileIntakeWriter
    {
        private readonly byte[]?[] _chunks = new byte[]?[manifest.ChunkCount];

        public ValueTask<bool> WriteAsync(
            uint index, ReadOnlyMemory<byte> sealedChunk, CancellationToken cancellationToken = default)
        {
            if (!ChunkVerifier.Matches(manifest, index, sealedChunk.Span))
                return ValueTask.FromResult(false);

            _chunks[index] = sealedChunk.ToArray();
            return ValueTask.FromResult(true);
        }

        public ValueTask<bool> CommitAsync(CancellationToken cancellationToken = default)
        {
            if (_chunks.Any(chunk => chunk is null))
                return ValueTask.FromResult(false);

            shelf._taken[manifest.File] = (manifest, _chunks);
            return ValueTask.FromResult(true);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
