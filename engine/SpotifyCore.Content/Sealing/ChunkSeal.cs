using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Content.Sealing;

/// <summary>
/// Seals and unseals a file's chunks with AES-128-CTR (NIST SP 800-38A 6.5), any chunk without the
/// others. The counter block is the 16-byte block's number in the file, big-endian; a key seals one
/// plaintext only, so no counter block ever meets a key twice with different data.
/// Not safe for two threads at once. Allocates at construction only.
/// </summary>
public sealed class ChunkSeal : IDisposable
{
    private const int BlockSize = 16;
    private const int BlocksPerChunk = Manifest.ChunkSize / BlockSize;

    private readonly Aes _aes;
    private readonly ICryptoTransform _encryptor;
    private readonly byte[] _counters = new byte[Manifest.ChunkSize];
    private readonly byte[] _keystream = new byte[Manifest.ChunkSize];

    /// <summary>Prepares the key schedule of one file.</summary>
    public ChunkSeal(ContentKey key)
    {
        _aes = Aes.Create();
        _aes.Mode = CipherMode.ECB;
        _aes.Padding = PaddingMode.None;
        _aes.SetKey(key);
        _encryptor = _aes.CreateEncryptor();
    }

    /// <summary>
    /// Seals or unseals (the operation is its own inverse) the chunk <paramref name="index"/> in place.
    /// </summary>
    /// <param name="index">The chunk's place in its file.</param>
    /// <param name="chunk">At most <see cref="Manifest.ChunkSize"/> bytes, from the chunk's start.</param>
    public void Apply(uint index, Span<byte> chunk)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(chunk.Length, Manifest.ChunkSize);
        var blocks = (chunk.Length + BlockSize - 1) / BlockSize;
        if (blocks == 0)
            return;

        WriteCounters((ulong)index * BlocksPerChunk, blocks);
        _encryptor.TransformBlock(_counters, 0, blocks * BlockSize, _keystream, 0);
        Xor(chunk, _keystream);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encryptor.Dispose();
        _aes.Dispose();
        CryptographicOperations.ZeroMemory(_keystream);
    }

    private void WriteCounters(ulong firstBlock, int blocks)
    {
        // The upper eight bytes stay zero: a file has fewer than 2^64 blocks.
        for (var i = 0; i < blocks; i++)
            BinaryPrimitives.WriteUInt64BigEndian(_counters.AsSpan((i * BlockSize) + 8), firstBlock + (ulong)i);
    }

    private static void Xor(Span<byte> data, ReadOnlySpan<byte> keystream)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(data);
        var keys = MemoryMarshal.Cast<byte, ulong>(keystream);
        for (var i = 0; i < words.Length; i++)
            words[i] ^= keys[i];

        for (var i = words.Length * sizeof(ulong); i < data.Length; i++)
            data[i] ^= keystream[i];
    }
}
