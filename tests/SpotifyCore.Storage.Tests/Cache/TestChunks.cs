using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Storage.Tests.Cache;

/// <summary>
/// Chunks whose bytes follow from their id, so that whoever reads one can tell whether it is the right one.
/// </summary>
internal static class TestChunks
{
    public static FileId File(int number) =>
        new(new UInt128(0x5EED_0000_0000_0000, (uint)number * 0x9E37_79B9_7F4A_7C15));

    public static ChunkId Id(int file, uint index) => new(File(file), index);

    /// <summary>Every ninth chunk is short.</summary>
    public static int LengthOf(ChunkId chunk) =>
        chunk.Index % 9 == 8 ? 1 + (int)(chunk.Index * 131 % Manifest.ChunkSize) : Manifest.ChunkSize;

    public static byte[] Bytes(ChunkId chunk)
    {
        var bytes = new byte[LengthOf(chunk)];
        Fill(chunk, bytes);
        return bytes;
    }

    public static void Fill(ChunkId chunk, Span<byte> bytes)
    {
        var state = (ulong)chunk.File.Value ^ (chunk.Index * 0xD6E8_FEB8_6659_FD93) ^ 0x1234_5678;
        for (var i = 0; i < bytes.Length; i++)
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            bytes[i] = (byte)(state >> 56);
        }
    }

    /// <summary>True when these are the bytes of the chunk, whole.</summary>
    public static bool Matches(ChunkId chunk, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != LengthOf(chunk))
            return false;

        var expected = Bytes(chunk);
        return bytes.SequenceEqual(expected);
    }
}
