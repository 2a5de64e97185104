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
            if (new FileInfo(path).Length < chunk.Length)
                continue;

            // Its owner may have it open, and goes on with it.
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            for (var from = 0; bytes.AsSpan(from).IndexOf(chunk.Span) is var at and >= 0; copies++)
            {
                from += at + chunk.Length;
                var middle = from - (chunk.Length / 2);
                file.Position = middle;
                file.WriteByte((byte)(bytes[middle] ^ 1));
            }
        }

        Assert.NotEqual(0, copies);
    }
}
