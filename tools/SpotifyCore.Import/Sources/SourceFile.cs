namespace SpotifyCore.Import.Sources;

/// <summary>A file to import.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Name">Its path below the folder that is imported, for people.</param>
/// <param name="Length">Its bytes, by which the time left is judged.</param>
internal readonly record struct SourceFile(string Path, string Name, long Length)
{
    /// <summary>What tells it from other sources, whatever is in it: its path, with slashes.</summary>
    public string Location => LocationOf(Path);

    /// <summary>What it was known by when it was found; default where that could not be told.</summary>
    public FileStamp Stamp { get; init; }

    /// <summary>
    /// Why it, or what is in it where it is a folder, is not imported although it may be music; null of what is.
    /// </summary>
    public string? Refusal { get; init; }

    /// <summary>What the <see cref="Location"/> of all that lies in a folder begins with.</summary>
    public static string PrefixOf(string folder)
    {
        var location = LocationOf(System.IO.Path.GetFullPath(folder));

        // The root ends with a slash itself.
        return location.EndsWith('/') ? location : location + '/';
    }

    /// <summary>The <see cref="Location"/> of what lies at a full path, or of a folder of such.</summary>
    public static string LocationOf(string path) => System.IO.Path.DirectorySeparatorChar == '/'
        ? path
        : path.Replace(System.IO.Path.DirectorySeparatorChar, '/');
}
