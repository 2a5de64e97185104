using System.Text.Json;
using SpotifyCore.Content.Files;

namespace SpotifyCore.Client.Offline;

/// <summary>
/// What the listener wants kept, in the order in which he said so: on disk, replaced whole. Safe for many threads.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class OfflineList(string path)
{
    private readonly Lock _gate = new();
    private OfflineEntry[]? _entries;

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

    /// <summary>Takes one out; durable when this returns.</summary>
    /// <returns>What it was; null where it was not there.</returns>
    /// <exception cref="IOException">It could not be written; what was there stands.</exception>
    public OfflineEntry? Remove(OfflineKind kind, string id)
    {
        lock (_gate)
        {
            var entries = _entries ??= Read();
            if (Array.Find(entries, other => IsSame(other, kind, id)) is not { } removed)
                return null;

            Write([.. entries.Where(other => other != removed)]);
            return removed;
        }
    }

    /// <summary>Takes all out; durable when this returns.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            if ((_entries ??= Read()).Length > 0)
                Write([]);
        }
    }

    private static bool IsSame(OfflineEntry entry, OfflineKind kind, string id) => entry.Kind == kind && entry.Id == id;

    private OfflineEntry[] Read()
    {
        try
        {
            return File.Exists(path)
                ? [.. JsonSerializer.Deserialize(File.ReadAllBytes(path), OfflineJson.Default.OfflineEntryArray)!
                    .Where(static entry => entry is { IsSound: true })]
                : [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return []; // As if altered.
        }
    }

    private void Write(OfflineEntry[] entries)
    {
        DurableFile.CreateDirectory(Path.GetDirectoryName(path)!);
        DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(entries, OfflineJson.Default.OfflineEntryArray));
        _entries = entries;
    }
}
