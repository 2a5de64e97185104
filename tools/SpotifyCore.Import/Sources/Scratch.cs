namespace SpotifyCore.Import.Sources;

/// <summary>
/// A directory for the files of one run; each is gone when it is closed, the directory when this is disposed.
/// </summary>
internal sealed class Scratch : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("spotifycore-import-");

    /// <summary>The directory.</summary>
    public string Path => _directory.FullName;

    /// <summary>A new file to write and read, its caller's to dispose.</summary>
    public FileStream CreateFile() => new(
        System.IO.Path.Combine(Path, System.IO.Path.GetRandomFileName()),
        FileMode.CreateNew,
        FileAccess.ReadWrite,
        FileShare.Delete,
        BufferSize,
        FileOptions.DeleteOnClose | FileOptions.Asynchronous);

    /// <inheritdoc/>
    public void Dispose() => _directory.Delete(recursive: true);
}
