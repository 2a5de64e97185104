using System.Globalization;
using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Files;

namespace SpotifyCore.Storage.Cache.Checkpoints;

/// <summary>The checkpoints in a cache's directory: the newest two are kept, with all that they mean.</summary>
internal sealed class CheckpointStore(string directory, ILogger logger)
{
    private const int Kept = 2;
    private const string CheckpointPrefix = "checkpoint.";
    private const string SnapshotPrefix = "directory.";

    // Where FASTER's naming scheme puts an index and a log checkpoint.
    private static readonly string[] _tokenFolders = ["index-checkpoints", "cpr-checkpoints"];

    /// <summary>Where a directory snapshot is.</summary>
    public string SnapshotPath(long number) => Path.Combine(directory, SnapshotName(number));

    /// <summary>The checkpoints that are whole, newest first. Those that are not are reported.</summary>
    public IEnumerable<CacheCheckpoint> Usable()
    {
        foreach (var number in Numbers(CheckpointPrefix).OrderDescending())
        {
            var checkpoint = CacheCheckpoint.TryRead(File.ReadAllBytes(PathOf(number)));
            var damaged = checkpoint?.Files.FirstOrDefault(file => !file.IsIntact(directory));
            if (checkpoint is not null && damaged is null)
                yield return checkpoint;
            else
                logger.LogCheckpointUnusable(number, damaged is null ? "it is damaged" : $"{damaged.Name} is damaged");
        }
    }

    /// <summary>Makes a checkpoint of files already written durable, and lets go of the older ones.</summary>
    public void Commit(long number, long snapshot, long scanFrom, Guid token)
    {
        // FASTER writes its files through to the disk; their names are ours to make durable.
        foreach (var folder in _tokenFolders.Select(name => Path.Combine(directory, name)))
        {
            DurableFile.SyncDirectory(Path.Combine(folder, token.ToString()));
            DurableFile.SyncDirectory(folder);
        }

        var files = FilesOf(token).Append(SnapshotName(snapshot)).Select(name => CheckpointedFile.Of(directory, name));
        var checkpoint = new CacheCheckpoint(number, snapshot, scanFrom, token, [.. files]);
        DurableFile.Replace(PathOf(number), checkpoint.ToBytes());
        DeleteAllBut(
            [.. Numbers(CheckpointPrefix).OrderDescending().Take(Kept)
                .Select(kept => CacheCheckpoint.TryRead(File.ReadAllBytes(PathOf(kept))))
                .OfType<CacheCheckpoint>()]);
    }

    /// <summary>Deletes every checkpoint, snapshot and FASTER token that the ones given do not need.</summary>
    public void DeleteAllBut(IReadOnlyCollection<CacheCheckpoint> needed)
    {
        foreach (var number in Numbers(CheckpointPrefix).Except(needed.Select(checkpoint => checkpoint.Number)))
            File.Delete(PathOf(number));

        foreach (var number in Numbers(SnapshotPrefix).Except(needed.Select(checkpoint => checkpoint.Snapshot)))
            File.Delete(SnapshotPath(number));

        var tokens = needed.Select(checkpoint => checkpoint.Token.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in _tokenFolders.Select(name => new DirectoryInfo(Path.Combine(directory, name))))
        {
            if (!folder.Exists)
                continue;

            foreach (var token in folder.GetDirectories().Where(token => !tokens.Contains(token.Name)))
                token.Delete(recursive: true);
        }
    }

    private static string SnapshotName(long number) => SnapshotPrefix + number.ToString(CultureInfo.InvariantCulture);

    private IEnumerable<string> FilesOf(Guid token) => _tokenFolders
        .Select(folder => Path.Combine(folder, token.ToString()))
        .SelectMany(folder => System.IO.Directory.GetFiles(Path.Combine(directory, folder)))
        .Select(path => Path.GetRelativePath(directory, path));

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

    private string PathOf(long number) =>
        Path.Combine(directory, CheckpointPrefix + number.ToString(CultureInfo.InvariantCulture));
}
