using System.Globalization;
using System.Text;
using SpotifyCore.Content.Files;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Client.Running;

/// <summary>
/// Which files were once held whole, and how many chunks each has: what a peer's question about a file is answered
/// from, together with the cache. Kept as lines of text, appended; a torn last line is ignored. Owned by the loop.
/// </summary>
internal sealed class HeldFiles : IDisposable
{
    /// <summary>Files remembered at most; the oldest make room.</summary>
    public const int Limit = 50_000;

    private readonly Dictionary<FileId, uint> _chunks = [];
    private readonly Queue<FileId> _order = new();
    private readonly StreamWriter _lines;

    private HeldFiles(StreamWriter lines) => _lines = lines;

    /// <summary>The latest files, oldest first, and how many chunks each has.</summary>
    public (FileId File, uint Chunks)[] Latest(int count) =>
        [.. _order.Skip(_order.Count - count).Select(file => (file, _chunks[file]))];

    /// <summary>Reads what was kept, and keeps on.</summary>
    public static HeldFiles Open(string path)
    {
        var kept = File.Exists(path) ? WholeLines(File.ReadAllText(path)) : [];
        var lines = kept.Where(line => TryParse(line, out _, out _)).Select(line => line + "\n");
        DurableFile.Replace(path, Encoding.ASCII.GetBytes(string.Concat(lines)));

        var held = new HeldFiles(new StreamWriter(path, append: true) { AutoFlush = true });
        foreach (var line in kept)
        {
            if (TryParse(line, out var file, out var chunks))
                held.Remember(file, chunks);
        }

        return held;
    }

    /// <summary>Remembers a file that is whole now.</summary>
    /// <exception cref="IOException">It is remembered, but not beyond this process.</exception>
    public void Add(FileId file, uint chunks)
    {
        if (Remember(file, chunks))
            _lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file} {chunks}"));
    }

    /// <summary>How many chunks a remembered file has; 0 for others.</summary>
    public uint ChunksOf(FileId file) => _chunks.GetValueOrDefault(file);

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    private bool Remember(FileId file, uint chunks)
    {
        if (!_chunks.TryAdd(file, chunks))
            return false;

        _order.Enqueue(file);
        if (_order.Count > Limit)
            _chunks.Remove(_order.Dequeue());

        return true;
    }

    // A line without its end may be half a line: a count cut short would call a file whole that is not.
    private static string[] WholeLines(string text) =>
        text[..(text.LastIndexOf('\n') + 1)].Split('\n').TakeLast(Limit + 1).ToArray();

    private static bool TryParse(string line, out FileId file, out uint chunks)
    {
        chunks = 0;
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        file = default;
        return space > 0
            && FileId.TryParse(line.AsSpan(0, space), out file)
            && uint.TryParse(
                line.AsSpan(space + 1).TrimEnd('\r'), NumberStyles.None, CultureInfo.InvariantCulture, out chunks)
            && chunks > 0;
    }
}
