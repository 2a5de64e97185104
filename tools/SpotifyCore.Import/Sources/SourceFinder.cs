using System.Text.Unicode;

namespace SpotifyCore.Import.Sources;

/// <summary>
/// Finds what to import in a folder: files with the name of a sound format, whatever is in them. What may be music and
/// is not taken is in the list too, with the reason.
/// </summary>
internal static class SourceFinder
{
    /// <summary>What stands in a text for bytes of a name that are no letter.</summary>
    public const char NoLetter = '\uFFFD';

    private const string NotUtf8 = "its name is not UTF-8: rename it";
    private const string FolderNotUtf8 = "the folder's name is not UTF-8, and nothing in it is imported: rename it";

    private static readonly EnumerationOptions All = new()
    {
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
    };

    /// <summary>
    /// The files below <paramref name="folder"/>, by name. Those that are hidden are refused, and so are folders that
    /// can't be entered or are links. A path of a file is that file, whatever its name.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is nothing at that path.</exception>
    public static IReadOnlyList<SourceFile> Find(string folder, CancellationToken cancellationToken)
    {
        if (File.Exists(folder))
        {
            var file = new FileInfo(folder);
            return [Judge(Describe(file.FullName, file.Name))];
        }

        var found = new SourceTree(folder).Read(ChangedPaths.Everywhere, cancellationToken);
        return [.. found.OrderBy(static file => file.Name, StringComparer.Ordinal)];
    }

    /// <summary>What is in one folder, as <see cref="Find"/> gives it, and which folders are to be entered.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="root">The folder that names are relative to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static FolderListing List(SourceFolder folder, string root, CancellationToken cancellationToken)
    {
        var directory = new DirectoryInfo(folder.Path);
        var found = new List<SourceFile>();
        var folders = new List<SourceFolder>();
        FileSystemInfo[] entries;
        try
        {
            entries = directory.GetFileSystemInfos("*", All);
            if (FolderNames.AreBytes && Array.Exists(entries, static entry => MayBeMisread(entry.Name)))
                entries = Reread(directory, entries, root, folder.IsHidden, found);
        }
        catch (Exception closed) when (closed is UnauthorizedAccessException or IOException)
        {
            var reason = closed is UnauthorizedAccessException
                ? "the folder may not be entered by this user"
                : $"the folder can't be read: {closed.Message}";
            return new FolderListing([Refuse(Describe(directory, root), reason)], []) { IsFailed = true };
        }

        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var hides = folder.IsHidden || IsHidden(entry.Name);
            if (entry is FileInfo file)
                Add(Describe(file, root), hides, found);
            else if (entry.LinkTarget is null)
                folders.Add(new SourceFolder(entry.FullName, hides));
            else if (!IsWithin(entry, root))
                found.Add(Refuse(Describe(entry, root), "it is a link to another folder: import that"));
        }

        return new FolderListing(found, folders);
    }

    private static bool MayBeMisread(string name) => name.Contains(NoLetter, StringComparison.Ordinal);

    // Names that are not UTF-8 read alike, and as one that is and has such a letter: the system's own bytes tell them
    // apart. Gives the entries whose names are UTF-8.
    private static FileSystemInfo[] Reread(
        DirectoryInfo folder, FileSystemInfo[] entries, string root, bool isHidden, List<SourceFile> found)
    {
        List<FileSystemInfo> read = [.. entries.Where(static entry => !MayBeMisread(entry.Name))];
        foreach (var (bytes, isFolder) in FolderNames.Read(folder.FullName))
        {
            var isText = Utf8.IsValid(bytes);
            var name = isText ? System.Text.Encoding.UTF8.GetString(bytes) : FolderNames.Escape(bytes);
            var path = Path.Combine(folder.FullName, name);
            if (!isText)
                AddMisread(new SourceFile(path, NameOf(path, root), 0), isFolder, isHidden, found);
            else if (MayBeMisread(name))
                read.Add(Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path));
        }

        return [.. read];
    }

    private static void AddMisread(SourceFile file, bool isFolder, bool isHidden, List<SourceFile> found)
    {
        var name = Path.GetFileName(file.Name);
        if (isFolder)
            found.Add(Refuse(file, FolderNotUtf8));
        else if (SourceEndings.IsSound(name) || !(isHidden || IsHidden(name) || SourceEndings.IsBeside(name)))
            found.Add(Refuse(file, NotUtf8));
    }

    private static void Add(SourceFile file, bool isHidden, List<SourceFile> found)
    {
        var name = Path.GetFileName(file.Name);
        if (SourceEndings.IsSound(name))
        {
            // Macs put a shadow beside each file on other systems' disks: no music, and none is missing.
            if (!name.StartsWith("._", StringComparison.Ordinal))
                found.Add(isHidden ? Refuse(file, "it is hidden: a name that begins with a dot") : Judge(file));
        }
        else if (!isHidden && !SourceEndings.IsBeside(name))
        {
            found.Add(Refuse(file, $"{EndingOf(name)} that sound files are known to have"));
        }
    }

    private static string EndingOf(string name) =>
        Path.GetExtension(name) is { Length: > 0 } ending ? $"'{ending}' is no ending" : "its name has no ending";

    // Pipes, sockets and devices have no length, and to open one may take for ever.
    private static SourceFile Judge(SourceFile file) =>
        file.Length == 0 ? Refuse(file, "it is empty, or a pipe, socket or device") : file;

    // Nothing of it is to be done, and its bytes say nothing of the time left.
    private static SourceFile Refuse(SourceFile file, string reason) => file with { Length = 0, Refusal = reason };

    // Three dots begin a title.
    private static bool IsHidden(string name) => name is ['.', not '.', ..];

    private static bool IsWithin(FileSystemInfo link, string root)
    {
        try
        {
            return link.ResolveLinkTarget(returnFinalTarget: true) is { } target
                && SourceFile.PrefixOf(target.FullName).StartsWith(SourceFile.PrefixOf(root), StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static SourceFile Describe(FileSystemInfo entry, string root) =>
        Describe(entry.FullName, NameOf(entry.FullName, root));

    private static string NameOf(string path, string root) => path.Length > root.Length
        ? path[(root.EndsWith(Path.DirectorySeparatorChar) ? root.Length : root.Length + 1)..]
        : ".";

    // What can't be looked at may have a length: it is told when it is opened.
    private static SourceFile Describe(string path, string name)
    {
        var stamp = FileStamp.Of(path);
        return new SourceFile(path, name, stamp == default ? 1 : stamp.Length) { Stamp = stamp };
    }
}
