using System.Text.Json;
using SpotifyCore.Content.Files;

namespace SpotifyCore.Client.Offline;

/// <summary>
/// What the listener wants kept, in the order in which he said so: on disk, replaced whole. Safe for many threads.
/// </summary>
/// <remarks>
/// A list that can't be read says nothing of what is wanted: it stays where the disk does not give it, and lies beside its
/// place where it is damaged.
/// </remarks>
/// <param name="path">The file.</param>
internal sealed class OfflineList(string path)
{
    private readonly Lock _gate = new();
    private OfflineEntry[]? _entries;
    private string _fault = "";
    private bool _isUnreadable;

    /// <summary>Why nobody knows what is wanted; empty where that is known.</summary>
    public string Fault
    {
        get
        {
            lock (_gate)
            {
                _entries ??= Read();
                return _fault;
            }
        }
    }

    /// <summary>All of it.</summary>
    public IReadOnlyList<OfflineEntry> Entries
    {
        get
        {
            lock (_gate)
                return _entries ??= Read();
        }
    }

    /// <summary>Adds one, in place of what it was before; durable when this returns.</summary>
    /// <exception cref="IOException">It could not be written; what was there stands.</exception>
    public void Add(OfflineEntry entry)
    {
        lock (_gate)
        {
            var entries = _entries ??= Read();
            Write([.. entries.Where(other => !IsSame(other, entry.Kind, entry.Id)), entry]);
        }
    }

    /// <summary>Takes one out, if it is there; durable when this returns.</summary>
    /// <exception cref="IOException">It could not be written; what was there stands.</exception>
    public void Remove(OfflineKind kind, string id)
    {
        lock (_gate)
        {
            var entries = _entries ??= Read();
            Write([.. entries.Where(other => !IsSame(other, kind, id))]);
        }
    }

    /// <summary>Takes all out, whether it could be read or not; durable when this returns, and takes no room on the disk.</summary>
    /// <exception cref="IOException">It could not be deleted.</exception>
    public void Clear()
    {
        lock (_gate)
        {
            (_entries, _fault, _isUnreadable) = ([], "", false);
            Delete();
        }
    }

    private static bool IsSame(OfflineEntry entry, OfflineKind kind, string id) => entry.Kind == kind && entry.Id == id;

    private OfflineEntry[] Read()
    {
        try
        {
            if (Parse(File.ReadAllBytes(path)) is { } entries)
                return entries;

            File.Move(path, path + ".damaged", overwrite: true);
            _fault = "The list of what is kept offline is damaged.";
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            (_fault, _isUnreadable) = (failure.Message, true);
        }

        return [];
    }

    private static OfflineEntry[]? Parse(byte[] json)
    {
        try
        {
            var entries = JsonSerializer.Deserialize(json, OfflineJson.Default.OfflineEntryArray);
            return entries is not null && Array.TrueForAll(entries, static entry => entry is { IsSound: true }) ? entries : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Delete()
    {
        if (!File.Exists(path))
            return;

        File.Delete(path);
        DurableFile.SyncDirectory(Path.GetDirectoryName(path)!);
    }

    private void Write(OfflineEntry[] entries)
    {
        if (_isUnreadable)
            throw new IOException(_fault);

        if (entries.Length == 0)
        {
            Delete();
            _entries = [];
            return;
        }

        DurableFile.CreateDirectory(Path.GetDirectoryName(path)!);
        DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(entries, OfflineJson.Default.OfflineEntryArray));
        _entries = entries;
    }
}
