using System.Net.Sockets;

namespace SpotifyCore.Contracts.Serving;

/// <summary>
/// The path of a Unix socket, held for one server: in a directory that only its user can enter, under a lock
/// that ends with the process. What an earlier server left there is removed; a living one's is not touched.
/// </summary>
internal sealed class UnixSocketFile : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode DirectoryMode = OwnerOnly | UnixFileMode.UserExecute;

    private readonly string _path;
    private readonly FileStream _lock;

    private UnixSocketFile(string path, FileStream held)
    {
        _path = path;
        _lock = held;
    }

    /// <summary>Makes the path free to bind.</summary>
    /// <exception cref="IOException">
    /// Another server lives there, the directory is open to others, or the path is an ordinary file.
    /// </exception>
    public static UnixSocketFile Claim(string path)
    {
        PrepareDirectory(Path.GetDirectoryName(path)!);
        var held = Lock(path);
        try
        {
            RemoveStale(path);
            return new UnixSocketFile(path, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Lets only its user connect.</summary>
    public void Restrict()
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_path, OwnerOnly);
    }

    public void Dispose()
    {
        File.Delete(_path);
        _lock.Dispose();
    }

    // Windows has access lists instead of modes; a directory of the user's profile is the user's alone.
    private static void PrepareDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }

        Directory.CreateDirectory(directory, DirectoryMode);
        if ((File.GetUnixFileMode(directory) | DirectoryMode) != DirectoryMode)
            throw new IOException($"{directory} is open to other users; its mode has to be 0700.");
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException($"Another server listens on {path}.", e);
        }
    }

    private static void RemoveStale(string path)
    {
        if (!File.Exists(path))
            return;
        if (IsOrdinary(path))
            throw new IOException($"{path} is a file, not a socket.");
        if (IsAlive(path))
            throw new IOException($"Another server listens on {path}.");

        File.Delete(path);
    }

    // A socket can't be opened as a file.
    private static bool IsOrdinary(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsAlive(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
    }
}
