using System.IO.Hashing;

namespace SpotifyCore.Storage.Cache.Checkpoints;

/// <summary>A snapshot of the directory as it was when it was written: its number, length and XxHash128.</summary>
internal sealed record SnapshotFile(long Number, long Length, byte[] Hash)
{
    /// <summary>Takes down what a file holds.</summary>
    public static SnapshotFile Of(long number, string path)
    {
        using var stream = File.OpenRead(path);
        var hash = new XxHash128();
        hash.Append(stream);
        return new SnapshotFile(number, stream.Length, hash.GetCurrentHash());
    }

    /// <summary>True when a file still holds it.</summary>
    public bool IsIn(string path)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length == Length && Of(Number, path).Hash.AsSpan().SequenceEqual(Hash);
    }
}
