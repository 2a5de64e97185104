using System.IO.Hashing;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Storage.Cache.Log;

/// <summary>
/// What ties a record's payload to its chunk: XxHash3 of the bytes, seeded with the chunk's id and length.
/// </summary>
internal static class RecordHash
{
    public static ulong Of(ChunkId chunk, ReadOnlySpan<byte> payload)
    {
        Span<byte> name = stackalloc byte[ChunkId.Size];
        chunk.Write(name);
        var seed = XxHash3.HashToUInt64(name, payload.Length);
        return XxHash3.HashToUInt64(payload, (long)seed);
    }
}
