using System.IO.Hashing;

namespace SpotifyCore.Storage.Cache.Checkpoints;

/// <summary>A file as it was when a checkpoint was taken.</summary>
internal sealed record CheckpointedFile(string Name, long Length, byte[] Hash)
{
    /// <summary>Takes down what the file is now.</summary>
    public static CheckpointedFile Of(string directory, string name)
    {
        using var stream = File.OpenRead(Path.Combine(directory, name));
        var hash = new XxHash128();
        hash.Append(stream);
        return new CheckpointedFile(name, stream.Length, hash.GetCurrentHash());
    }

    /// <summary>True when the file still is what it was.</summary>
    public bool IsIntact(string directory)
    {
        var file = new FileInfo(Path.Combine(directory, Name));
        return file.Exists && file.Length == Length && Of(directory, Name).Hash.AsSpan().SequenceEqual(Hash);
    }
}
