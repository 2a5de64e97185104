using Xunit;

namespace SpotifyCore.Testing;

/// <summary>Alters a chunk wherever it lies on a disk.</summary>
public static class DiskDamage
{
    /// <summary>
    /// Flips a bit in the middle of every copy of <paramref name="chunk"/> under a directory; there must be one.
    /// </summary>
    public static void FlipEverywhere(string directory, ReadOnlyMemory<byte> chunk)
    {
        var copies = 0;
        foreach (var path in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(path);
            for (var from = 0; bytes.AsSpan(from).IndexOf(chunk.Span) is var at and >= 0; copies++)
            {
                from += at + chunk.Length;
                bytes[from - (chunk.Length / 2)] ^= 1;
                File.WriteAllBytes(path, bytes);
            }
        }

        Assert.NotEqual(0, copies);
    }
}
