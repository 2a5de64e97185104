using System.Globalization;

namespace SpotifyCore.Testing.Power;

/// <summary>
/// What <c>powerloss.c</c> took down of a run, by moment: one for each sync and each acknowledgement.
/// </summary>
internal sealed class DiskLog
{
    private const int TypeBits = 0xF000;
    private const int DirectoryType = 0x4000;
    private const int ModeBits = 0xFFF;

    private readonly string _directory;
    private readonly ILookup<(string Kind, string Inode), int> _taken;

    public DiskLog(string directory)
    {
        _directory = directory;
        _taken = Directory.EnumerateFiles(directory)
            .Select(path => Path.GetFileName(path).Split('.'))
            .ToLookup(parts => (parts[1], parts[2]), parts => int.Parse(parts[0], CultureInfo.InvariantCulture));
        Moments = _taken[("tree", "0")].Max();
    }

    /// <summary>How many moments there are; they count from 1.</summary>
    public int Moments { get; }

    /// <summary>Only names are there whose directory was synced since.</summary>
    public void RestoreSyncedNames(int moment, string directory) =>
        RestoreNames(Names($"{moment}.tree.0").Single(name => name.Path == ".").Inode, moment, directory);

    /// <summary>All names are there, of files with what was synced before the moment.</summary>
    public void RestoreAllNames(int moment, string directory)
    {
        foreach (var name in Names($"{moment}.tree.0"))
        {
            var path = Path.Combine(directory, name.Path);
            if (name.IsDirectory)
                Directory.CreateDirectory(path);
            else
                RestoreFile(name, moment - 1, path);
        }
    }

    private void RestoreNames(string inode, int moment, string directory)
    {
        Directory.CreateDirectory(directory);
        if (Latest("names", inode, moment) is not { } taken)
            return;

        foreach (var name in Names(taken))
        {
            var path = Path.Combine(directory, name.Path);
            if (name.IsDirectory)
                RestoreNames(name.Inode, moment, path);
            else
                RestoreFile(name, moment, path);
        }
    }

    private void RestoreFile(Name name, int moment, string path)
    {
        if (Latest("file", name.Inode, moment) is { } taken)
            File.Copy(Path.Combine(_directory, taken), path, overwrite: true);
        else
            File.WriteAllBytes(path, []);

        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, name.Mode);
    }

    private string? Latest(string kind, string inode, int moment)
    {
        var before = _taken[(kind, inode)].Where(taken => taken <= moment).DefaultIfEmpty().Max();
        return before == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{before}.{kind}.{inode}");
    }

    private IEnumerable<Name> Names(string taken) => File.ReadLines(Path.Combine(_directory, taken))
        .Select(line => line.Split(' ', 3))
        .Select(parts => (Mode: Convert.ToInt32(parts[0], 8), Inode: parts[1], Path: parts[2]))
        .Select(name => new Name(
            (name.Mode & TypeBits) == DirectoryType, (UnixFileMode)(name.Mode & ModeBits), name.Inode, name.Path));

    private sealed record Name(bool IsDirectory, UnixFileMode Mode, string Inode, string Path);
}
