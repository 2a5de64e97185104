namespace SpotifyCore.Import.Watching;

/// <summary>What tells that a file was written to: its size and time.</summary>
/// <param name="Length">Its bytes; 0 of a folder or what is not there.</param>
/// <param name="Written">When it was last written.</param>
internal readonly record struct FileStamp(long Length, DateTime Written)
{
    /// <summary>The stamp of what is at a path now.</summary>
    public static FileStamp Of(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return new FileStamp(file.Exists ? file.Length : 0, file.LastWriteTimeUtc);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
