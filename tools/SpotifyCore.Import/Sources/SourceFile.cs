namespace SpotifyCore.Import.Sources;

/// <summary>A file to import.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Name">Its path below the folder that is imported, for people.</param>
/// <param name="Length">Its bytes, by which the time left is judged.</param>
internal readonly record struct SourceFile(string Path, string Name, long Length)
{
    /// <summary>What tells it from other sources, whatever is in it: its path, with slashes.</summary>
    public string Location => LocationOf(Path);

    /// <summary>
    /// Why it, or what is in it where it is a folder, is not imported although it may be music; null of what is.
    /// </summary>
    public string? Refusal { get; init; }

    /// <summary>The <see cref="Location"/> of what lies at a full path, or of a folder of such.</summary>
    public static string LocationOf(string path) => System.IO.Path.DirectorySeparatorChar == '/'
        ? path
        : path.Replace(System.IO.Path.DirectorySeparatorChar, '/');
}
