using System.Globalization;
using SpotifyCore.Content.Files;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Storage.Vault;

/// <summary>
/// Where files lie in a vault's directory: <c>objects/ab/cd/abcd….scv</c>, by the ring partition, the first 16 bits
/// of
/// the id; what is not yet whole in <c>incoming</c>.
/// </summary>
internal sealed class VaultLayout(string root)
{
    private const string Extension = ".scv";

    private readonly string _objects = Path.Combine(root, "objects");
    private readonly string _incoming = Path.Combine(root, "incoming");
    private int _temporaries;

    /// <summary>True when the directory of the files is there.</summary>
    public bool IsThere => System.IO.Directory.Exists(_objects);

    /// <summary>Makes the directories and removes what was left unfinished.</summary>
    /// <returns>How many files were.</returns>
    public int Prepare()
    {
        DurableFile.CreateDirectory(_objects);
        DurableFile.CreateDirectory(_incoming);
        var leftovers = System.IO.Directory.GetFiles(_incoming);
        foreach (var leftover in leftovers)
            File.Delete(leftover);

        return leftovers.Length;
    }

    /// <summary>Where a file is, or will be.</summary>
    public string PathOf(FileId file)
    {
        var name = file.ToString();
        return Path.Combine(_objects, name[..2], name[2..4], name + Extension);
    }

    /// <summary>A place for a file not yet whole, different each time.</summary>
    public string NewTemporary(FileId file)
    {
        System.IO.Directory.CreateDirectory(_incoming);
        var number = Interlocked.Increment(ref _temporaries).ToString(CultureInfo.InvariantCulture);
        return Path.Combine(_incoming, $"{file}.{number}");
    }

    /// <summary>Gives a whole file its name, for good.</summary>
    public void Publish(string temporary, FileId file)
    {
        var path = PathOf(file);
        DurableFile.CreateDirectory(Path.GetDirectoryName(path)!);
        DurableFile.Publish(temporary, path);
    }

    /// <summary>Whether a file is there.</summary>
    public bool Has(FileId file) => File.Exists(PathOf(file));

    /// <summary>Deletes a file, for good.</summary>
    public void Delete(FileId file)
    {
        var path = PathOf(file);
        File.Delete(path);
        DurableFile.SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>The files there are whose ids come after <paramref name="after"/>, in order.</summary>
    public IEnumerable<FileId> EnumerateAfter(FileId after)
    {
        // Names are ids, or the beginnings of ids: those that come before where to begin are not looked into.
        var text = after.ToString();
        foreach (var upper in Sorted(_objects, text[..2]))
        {
            foreach (var lower in Sorted(upper, upper.EndsWith(text[..2], StringComparison.Ordinal) ? text[2..4] : ""))
            {
                foreach (var path in Sorted(lower, ""))
                {
                    if (path.EndsWith(Extension, StringComparison.Ordinal)
                        && FileId.TryParse(Path.GetFileNameWithoutExtension(path.AsSpan()), out var file)
                        && file.CompareTo(after) > 0)
                        yield return file;
                }
            }
        }
    }

    private static IEnumerable<string> Sorted(string directory, string from)
    {
        // Gone meanwhile, as a vault that somebody deletes: as if empty.
        if (!System.IO.Directory.Exists(directory))
            return [];

        return System.IO.Directory.GetFileSystemEntries(directory)
            .Where(path => string.CompareOrdinal(Path.GetFileName(path), from) >= 0)
            .Order(StringComparer.Ordinal);
    }
}
