using System.Globalization;
using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Files;
using SpotifyCore.Storage.Cache.Logging;

namespace SpotifyCore.Storage.Cache.Checkpoints;

/// <summary>The checkpoints in a cache's directory: the newest two are kept, with their snapshots.</summary>
internal sealed class CheckpointStore(string directory, ILogger logger)
{
    private const int Kept = 2;
    private const string CheckpointPrefix = "checkpoint.";
    private const string SnapshotPrefix = "directory.";

    /// <summary>Where a directory snapshot is.</summary>
    public string SnapshotPath(long number) => PathOf(SnapshotPrefix, number);

    /// <summary>The checkpoints that are whole, newest first. Those that are not are reported.</summary>
    public IEnumerable<CacheCheckpoint> Usable()
    {
        foreach (var number in Numbers(CheckpointPrefix).OrderDescending())
        {
            var checkpoint = CacheCheckpoint.TryRead(File.ReadAllBytes(PathOf(number)));
            if (checkpoint is null)
                logger.LogCheckpointUnusable(number, "it is damaged");
            else if (!checkpoint.Snapshot.IsIn(SnapshotPath(checkpoint.Snapshot.Number)))
                logger.LogCheckpointUnusable(number, $"its snapshot {checkpoint.Snapshot.Number} is damaged");
            else
                yield return checkpoint;
        }
    }

    /// <summary>Makes a checkpoint durable, and lets go of the older ones.</summary>
    public void Commit(CacheCheckpoint checkpoint)
    {
        DurableFile.Replace(PathOf(checkpoint.Number), checkpoint.ToBytes());
        DeleteAllBut(
            [.. Numbers(CheckpointPrefix).OrderDescending().Take(Kept)
                .Select(kept => CacheCheckpoint.TryRead(File.ReadAllBytes(PathOf(kept))))
                .OfType<CacheCheckpoint>()]);
    }

    /// <summary>Deletes every checkpoint and snapshot that the ones given do not need.</summary>
    public void DeleteAllBut(IReadOnlyCollection<CacheCheckpoint> needed)
    {
        foreach (var number in Numbers(CheckpointPrefix).Except(needed.Select(checkpoint => checkpoint.Number)))
            File.Delete(PathOf(number));

        // What a kill left of one that was being written.
        foreach (var unfinished in System.IO.Directory.EnumerateFiles(directory, "*.new"))
            File.Delete(unfinished);

        foreach (var number in Numbers(SnapshotPrefix).Except(needed.Select(checkpoint => checkpoint.Snapshot.Number)))
            File.Delete(SnapshotPath(number));
    }

    private List<long> Numbers(string prefix)
    {
        var numbers = new List<long>();
        foreach (var path in System.IO.Directory.EnumerateFiles(directory, prefix + "*"))
        {
            var suffix = Path.GetFileName(path.AsSpan())[prefix.Length..];
            if (long.TryParse(suffix, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                numbers.Add(number);
        }

        return numbers;
    }

    private string PathOf(long number) => PathOf(CheckpointPrefix, number);

    private string PathOf(string prefix, long number) =>
        Path.Combine(directory, prefix + number.ToString(CultureInfo.InvariantCulture));
}
