using System.Text.Json;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Import.Masters;

namespace SpotifyCore.Import.Running;

/// <summary>
/// Asks the owners of every file of the catalogue whether they hold it whole, and says which copies are missing: a line
/// each, for people or in JSON, and a summary.
/// </summary>
/// <param name="store">The masters.</param>
/// <param name="output">Where the lines go.</param>
/// <param name="isJson">True for JSON.</param>
internal sealed class CopyCheck(IFileStore store, TextWriter output, bool isJson)
{
    // A master is to have the next questions while it answers the last, and its disk may be slow.
    private const int FilesInAQuestion = 192;
    private const int QuestionsAtOnce = 2;

    private readonly Lock _writing = new();
    private readonly HashSet<string> _tracks = [];
    private int _files;
    private int _incomplete;

    /// <summary>Asks about all files.</summary>
    /// <returns>How many lack a copy, or are with an owner that does not answer.</returns>
    public async Task<int> RunAsync(IAsyncEnumerable<CataloguedFile> files, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = QuestionsAtOnce, CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(files.Chunk(FilesInAQuestion), options, async (asked, cancelled) =>
        {
            var ids = asked.Select(static file => FileId.Read(file.File.Span)).ToArray();
            var missing = (await store.FindMissingAsync(ids.ToHashSet(), cancelled)).ToLookup(static copy => copy.File);
            foreach (var (file, id) in asked.Zip(ids))
                Show(file, [.. missing[id]]);
        });
        WriteSummary();
        await output.FlushAsync(cancellationToken);
        return _incomplete;
    }

    private void Show(CataloguedFile file, IReadOnlyList<MissingCopy> missing)
    {
        lock (_writing)
        {
            _files++;
            _tracks.Add(file.Track);
            _incomplete += missing.Count > 0 ? 1 : 0;
            foreach (var copy in missing)
                WriteCopy(file, copy);
        }
    }

    private void WriteCopy(CataloguedFile file, MissingCopy copy)
    {
        if (!isJson)
        {
            output.WriteLine($"copy missing: {file.Title}, {file.BitsPerSecond / 1000} kbps: {copy}");
            return;
        }

        JsonLine.Write(output, json =>
        {
            json.WriteString("event", "missing");
            json.WriteString("file", copy.File.ToString());
            json.WriteString("track", file.Track);
            json.WriteString("title", file.Title);
            json.WriteNumber("bits_per_second", file.BitsPerSecond);
            json.WriteString("master", copy.Master.ToString());
            json.WriteBoolean("silent", copy.IsSilent);
        });
    }

    private void WriteSummary()
    {
        if (isJson)
        {
            JsonLine.Write(output, json =>
            {
                json.WriteString("event", "verified");
                json.WriteNumber("tracks", _tracks.Count);
                json.WriteNumber("files", _files);
                json.WriteNumber("incomplete", _incomplete);
            });
            return;
        }

        var tracks = _tracks.Count == 1 ? "track" : "tracks";
        var checkedFiles = $"{_tracks.Count} {tracks} in {_files} files, one a quality";
        output.WriteLine(_incomplete == 0
            ? $"{checkedFiles}: all whole, at all of their masters"
            : $"{checkedFiles}: {_incomplete} of them not at all of their masters. What another master holds is fetched"
                + " by itself; what none holds comes back when its source is imported again.");
    }
}
