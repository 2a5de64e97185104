using System.Collections.Frozen;
using System.IO.Enumeration;

namespace SpotifyCore.Import.Sources;

/// <summary>Finds what to import in a folder: files with the name of a sound format, whatever is in them.</summary>
internal static class SourceFinder
{
    private static readonly FrozenSet<string> Extensions = FrozenSet.ToFrozenSet(
        [
            ".aac", ".ac3", ".aif", ".aifc", ".aiff", ".alac", ".amr", ".ape", ".au", ".caf", ".dff", ".dsf", ".dts",
            ".flac", ".m4a", ".m4b", ".mka", ".mp2", ".mp3", ".mp4", ".mpc", ".oga", ".ogg", ".opus", ".ra", ".shn",
            ".snd", ".spx", ".tak", ".tta", ".voc", ".w64", ".wav", ".wave", ".webm", ".wma", ".wv",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The files below <paramref name="folder"/>, by name; hidden ones are left out and linked folders not entered.
    /// A path of a file is that file, whatever its name.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is nothing at that path.</exception>
    public static IReadOnlyList<SourceFile> Find(string folder)
    {
        if (File.Exists(folder))
            return [new SourceFile(Path.GetFullPath(folder), Path.GetFileName(folder), new FileInfo(folder).Length)];

        var root = Path.GetFullPath(folder);
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        };
        SourceFile Transform(ref FileSystemEntry entry) => Describe(root, ref entry);
        var files = new FileSystemEnumerable<SourceFile>(root, Transform, options)
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) =>
                !entry.IsDirectory && Extensions.Contains(Path.GetExtension(entry.FileName).ToString()),
            ShouldRecursePredicate = static (ref FileSystemEntry entry) =>
                (entry.Attributes & FileAttributes.ReparsePoint) == default,
        };
        return [.. files.OrderBy(static file => file.Name, StringComparer.Ordinal)];
    }

    private static SourceFile Describe(string root, ref FileSystemEntry entry)
    {
        var path = entry.ToFullPath();
        return new SourceFile(path, Path.GetRelativePath(root, path), entry.Length);
    }
}
