using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using SpotifyCore.Content.Files;

namespace SpotifyCore.Storage.Cache.Log;

/// <summary>
/// The files of the log, one a segment, all open: there are never more than some 130. Safe for many threads.
/// </summary>
internal sealed class LogSegments : IDisposable
{
    private const string Prefix = "log.";

    private readonly string _directory;
    private readonly ConcurrentDictionary<int, Segment> _segments = new();
    private int _first;
    private bool _made;

    public LogSegments(string directory)
    {
        _directory = directory;
        System.IO.Directory.CreateDirectory(directory);
        foreach (var path in System.IO.Directory.EnumerateFiles(directory, Prefix + "*"))
        {
            var suffix = Path.GetFileName(path.AsSpan())[Prefix.Length..];
            if (int.TryParse(suffix, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                _segments[id] = Segment.Open(path);
        }

        _first = _segments.IsEmpty ? 0 : _segments.Keys.Min();
    }

    /// <summary>True when there is a segment.</summary>
    public bool Any => !_segments.IsEmpty;

    /// <summary>The lowest segment there is.</summary>
    public int First => Volatile.Read(ref _first);

    /// <summary>Deletes every segment and begins at the first again.</summary>
    public void Clear()
    {
        Delete(static _ => true);
        Volatile.Write(ref _first, 0);
    }

    /// <summary>The file of a segment, to read from; null when there is none.</summary>
    public SafeFileHandle? Find(int segment) =>
        _segments.TryGetValue(segment, out var file) ? file.Handle : null;

    /// <summary>Writes whole; makes the file when it is new.</summary>
    public void Write(int segment, ReadOnlySpan<byte> bytes, long offset)
    {
        var file = _segments.GetOrAdd(segment, static (id, self) => self.Make(id), this);
        RandomAccess.Write(file.Handle, bytes, offset);
        file.Dirty = true;
    }

    /// <summary>Fills <paramref name="bytes"/>; what the file lacks is zero.</summary>
    public void Read(int segment, Span<byte> bytes, long offset)
    {
        var read = Find(segment) is { } handle ? RandomAccess.Read(handle, bytes, offset) : 0;
        bytes[read..].Clear();
    }

    /// <summary>Makes what was written survive a loss of power.</summary>
    public void Sync()
    {
        foreach (var file in _segments.Values)
        {
            if (!file.Dirty)
                continue;

            // Written to meanwhile, it is dirty again; and it still is when it could not be synced.
            file.Dirty = false;
            try
            {
                RandomAccess.FlushToDisk(file.Handle);
            }
            catch
            {
                file.Dirty = true;
                throw;
            }
        }

        if (!Interlocked.Exchange(ref _made, false))
            return;

        try
        {
            DurableFile.SyncDirectory(_directory);
        }
        catch
        {
            Volatile.Write(ref _made, true);
            throw;
        }
    }

    /// <summary>Deletes the segments above the last one that counts.</summary>
    public void EndAt(int segment)
    {
        Delete(id => id > segment);
        Volatile.Write(ref _first, _segments.IsEmpty ? segment : _segments.Keys.Min());
    }

    /// <summary>Deletes the segments below <paramref name="segment"/>.</summary>
    public void DeleteBelow(int segment)
    {
        Delete(id => id < segment);
        Volatile.Write(ref _first, Math.Max(First, segment));
    }

    public void Dispose()
    {
        foreach (var file in _segments.Values)
            file.Handle.Dispose();
    }

    private void Delete(Func<int, bool> matches)
    {
        foreach (var id in _segments.Keys)
        {
            if (!matches(id) || !_segments.TryRemove(id, out var file))
                continue;

            File.Delete(PathOf(id));
            file.Handle.Dispose();
        }
    }

    private Segment Make(int segment)
    {
        var made = Segment.Open(PathOf(segment));
        Volatile.Write(ref _made, true);
        return made;
    }

    private string PathOf(int segment) =>
        Path.Combine(_directory, Prefix + segment.ToString(CultureInfo.InvariantCulture));

    private sealed class Segment(SafeFileHandle handle)
    {
        public SafeFileHandle Handle { get; } = handle;

        public volatile bool Dirty;

        public static Segment Open(string path) =>
            new(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite));
    }
}
