using System.Buffers;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Serving;

/// <summary>A file that is being taken in.</summary>
internal sealed class IncomingPut(in PeerMessage begin) : IAsyncDisposable
{
    private byte[]? _manifest = ArrayPool<byte>.Shared.Rent((int)begin.Total);
    private byte[]? _chunk;

    public PeerMessage Begin { get; } = begin;

    /// <summary>Where its chunks go; null until the intake has begun.</summary>
    public IFileIntakeWriter? Writer { get; set; }

    /// <summary>The manifest, once its pieces are complete.</summary>
    public ReadOnlySpan<byte> Manifest => _manifest.AsSpan(0, (int)Begin.Total);

    /// <summary>Takes in a piece of the manifest.</summary>
    public void TakeManifest(in PeerMessage piece, ReadOnlySpan<byte> bytes) =>
        bytes.CopyTo(_manifest.AsSpan((int)piece.Offset));

    /// <summary>The manifest is read: its memory goes back.</summary>
    public void ReleaseManifest() => Release(ref _manifest);

    /// <summary>
    /// Takes in a piece of a chunk; gives the chunk once it is whole. Of a chunk in one piece, that is the piece
    /// itself.
    /// </summary>
    public bool TryTakeChunk(in PeerMessage piece, ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> chunk)
    {
        chunk = bytes;
        if (piece.Length == piece.Total)
            return true;

        _chunk ??= ArrayPool<byte>.Shared.Rent(Content.Manifests.Manifest.ChunkSize);
        bytes.CopyTo(_chunk.AsMemory((int)piece.Offset));
        chunk = _chunk.AsMemory(0, (int)piece.Total);
        return piece.IsLastPiece;
    }

    public async ValueTask DisposeAsync()
    {
        Release(ref _manifest);
        Release(ref _chunk);
        if (Writer is { } writer)
            await writer.DisposeAsync();
    }

    private static void Release(ref byte[]? memory)
    {
        if (memory is not null)
            ArrayPool<byte>.Shared.Return(memory);

        memory = null;
    }
}
