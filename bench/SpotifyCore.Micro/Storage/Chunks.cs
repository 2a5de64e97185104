using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Micro.Storage;

/// <summary>
/// The chunks that the storage benchmarks work on: files of 256, and an order that no prefetcher guesses.
/// </summary>
internal static class Chunks
{
    private const uint PerFile = 256;

    public static readonly byte[] Payload = CreatePayload();

    public static ChunkId Id(int number)
    {
        var file = (uint)number / PerFile;
        return new ChunkId(new FileId(new UInt128(file * 0x9E37_79B9_7F4A_7C15, file)), (uint)number % PerFile);
    }

    /// <summary>Each of so many numbers once, in a fixed random order.</summary>
    public static int[] Shuffled(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        new Random(1).Shuffle(order);
        return order;
    }

    private static byte[] CreatePayload()
    {
        var payload = new byte[Manifest.ChunkSize];
        new Random(2).NextBytes(payload);
        return payload;
    }
}
