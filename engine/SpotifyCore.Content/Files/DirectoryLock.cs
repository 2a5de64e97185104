using System.Globalization;
using System.Text;

namespace SpotifyCore.Content.Files;

/// <summary>
/// Holds a directory for one process. The system lets go of it when the process ends, however it ends. Safe for many
/// threads.
/// </summary>
public sealed class DirectoryLock : IDisposable
{
    private const string Name = "lock";

    // What the system says of a file that another has open: ERROR_SHARING_VIOLATION, or EWOULDBLOCK of flock.
    private static readonly int SharingViolation = OperatingSystem.IsWindows() ? unchecked((int)0x80070020)
        : OperatingSystem.IsMacOS() ? 35
        : 11;

    private readonly Lock _guard = new();
    private readonly string _directory;
    private FileStream _file;
    private bool _isDisposed;

    private DirectoryLock(string directory)
    {
        _directory = directory;
        _file = Open(directory);
    }

    /// <summary>Takes the directory, which is made when it is not there.</summary>
    /// <exception cref="IOException">
    /// Another process has it, the message says which directory; or it can't be written to.
    /// </exception>
    public static DirectoryLock Take(string directory) => new(directory);

    /// <summary>
    /// Takes the directory again where it was deleted since, and the lock's file with it: then it is nobody's.
    /// </summary>
    /// <exception cref="IOException">
    /// Another process has taken it, the message says which directory; or it can't be written to.
    /// </exception>
    /// <exception cref="ObjectDisposedException">It was let go of.</exception>
    public void Renew()
    {
        lock (_guard)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (IsHeld)
                return;

            var taken = Open(_directory);
            _file.Dispose();
            _file = taken;
        }
    }

    /// <summary>Lets go of the directory.</summary>
    public void Dispose()
    {
        lock (_guard)
        {
            _isDisposed = true;
            _file.Dispose();
        }
    }

    // Whoever takes a directory writes the file: one of the same name and another time is somebody else's.
    private bool IsHeld =>
        File.GetLastWriteTimeUtc(Path.Combine(_directory, Name)) == File.GetLastWriteTimeUtc(_file.SafeFileHandle);

    private static FileStream Open(string directory)
    {
        DurableFile.CreateDirectory(directory);
        var file = OpenAlone(directory);
        try
        {
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));

            // The system's own times may be the same for files made at the same moment.
            File.SetLastWriteTimeUtc(file.SafeFileHandle, DateTime.UtcNow);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static FileStream OpenAlone(string directory)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        try
        {
            return new FileStream(Path.Combine(directory, Name), options);
        }
        catch (IOException cause) when (cause.HResult == SharingViolation)
        {
            throw new IOException(
                $"The directory '{directory}' is in use by another process; each needs one of its own.", cause);
        }
    }
}
