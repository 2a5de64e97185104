using System.Globalization;
using System.Text;

namespace SpotifyCore.Content.Files;

/// <summary>
/// Holds a directory for one process. The system lets go of it when the process ends, however it ends.
/// </summary>
public sealed class DirectoryLock : IDisposable
{
    private const string Name = "lock";

    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the directory, which is made when it is not there.</summary>
    /// <exception cref="IOException">Another process has it; the message says which directory.</exception>
    public static DirectoryLock Take(string directory)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, Name);
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

            var file = new FileStream(path, options);
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            return new DirectoryLock(file);
        }
        catch (IOException cause)
        {
            throw new IOException(
                $"The directory '{directory}' is in use by another process; each needs one of its own.", cause);
        }
    }

    /// <summary>Lets go of the directory.</summary>
    public void Dispose() => _file.Dispose();
}
