using System.Runtime.InteropServices;

namespace SpotifyCore.Content.Files;

/// <summary>
/// Files that are there whole or not at all, after a loss of power too: written beside their place, flushed to the
/// disk, renamed, and the name made durable. Safe for many threads; one writer at a time a path.
/// </summary>
public static partial class DurableFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int BufferSize = 1 << 16;
    private const int Unbuffered = 0;
    private const int ReadOnly = 0;
    private const int NotSupported = 22; // EINVAL on Linux and macOS
    private const int Exists = 17; // EEXIST on both

    private static readonly Lock Making = new();

    /// <summary>Puts a file in place of one that may be there. When it fails, the old one stands.</summary>
    /// <param name="path">The file; its directory must exist.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="forOwnerAlone">True when only its owner may read it.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> bytes, bool forOwnerAlone = false) =>
        Replace(path, bytes, static (file, bytes) => file.Write(bytes), forOwnerAlone, Unbuffered);

    /// <summary>Puts a file in place of one that may be there. When it fails, the old one stands.</summary>
    /// <param name="path">The file; its directory must exist.</param>
    /// <param name="content">Handed on to <paramref name="write"/>.</param>
    /// <param name="write">Writes all of it.</param>
    /// <param name="forOwnerAlone">True when only its owner may read it.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    public static void Replace<T>(
        string path, T content, Action<FileStream, T> write, bool forOwnerAlone = false)
        where T : allows ref struct => Replace(path, content, write, forOwnerAlone, BufferSize);

    /// <summary>
    /// Makes a file if there is none. Of several that make it at once, in this process or in others, one does.
    /// </summary>
    /// <param name="path">The file; its directory must exist.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="forOwnerAlone">True when only its owner may read it.</param>
    /// <returns>False when there was one, which stays as it is.</returns>
    /// <exception cref="IOException">It could not be written.</exception>
    public static bool TryCreate(string path, ReadOnlySpan<byte> bytes, bool forOwnerAlone = false)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            Write(temporary, bytes, static (file, bytes) => file.Write(bytes), forOwnerAlone, Unbuffered);
            if (!TryPlace(temporary, path))
                return false;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
            return false;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        SyncDirectory(DirectoryOf(path));
        return true;
    }

    /// <summary>Gives a file that was written and flushed elsewhere on the same disk its place, for good.</summary>
    public static void Publish(string temporary, string path)
    {
        File.Move(temporary, path, overwrite: true);
        SyncDirectory(DirectoryOf(path));
    }

    /// <summary>
    /// Makes a directory, and those above it that are not there, for good. Of several that make it at once in this
    /// process none goes on before that: what is then written into it would be lost with it.
    /// </summary>
    /// <param name="path">The directory.</param>
    /// <param name="forOwnerAlone">True when only its owner may look into what is made.</param>
    /// <exception cref="IOException">It could not be made, or its name not be made durable.</exception>
    public static void CreateDirectory(string path, bool forOwnerAlone = false)
    {
        lock (Making)
            CreateMissing(Path.GetFullPath(path), forOwnerAlone);
    }

    /// <summary>Makes the names in a directory durable: new ones, renames and removals. Windows does so by itself.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void SyncDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;

        var handle = Open(directory, ReadOnly);
        if (handle < 0)
            throw Failure(directory, "opened");

        try
        {
            // Some network file systems know no such thing as flushing a directory.
            if (Sync(handle) != 0 && Marshal.GetLastPInvokeError() != NotSupported)
                throw Failure(directory, "synced");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static void Replace<T>(
        string path, T content, Action<FileStream, T> write, bool forOwnerAlone, int bufferSize)
        where T : allows ref struct
    {
        var temporary = path + ".new";

        // What a crash left there may have been made for others to read.
        File.Delete(temporary);
        try
        {
            Write(temporary, content, write, forOwnerAlone, bufferSize);
            Publish(temporary, path);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static void Write<T>(
        string path, T content, Action<FileStream, T> write, bool forOwnerAlone, int bufferSize)
        where T : allows ref struct
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = bufferSize,
        };
        if (forOwnerAlone && !OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;

        using var file = new FileStream(path, options);
        write(file, content);
        file.Flush(flushToDisk: true);
    }

    private static void CreateMissing(string path, bool forOwnerAlone)
    {
        if (Directory.Exists(path) || Path.GetDirectoryName(path) is not { } parent)
            return;

        CreateMissing(parent, forOwnerAlone);
        if (forOwnerAlone && !OperatingSystem.IsWindows())
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        else
            Directory.CreateDirectory(path);

        SyncDirectory(parent);
    }

    // A move that overwrites nothing looks first, and renames then, except on Windows: of two at once each would find
    // nothing. A second name is given by one alone; file systems without such names are left to the move.
    private static bool TryPlace(string temporary, string path)
    {
        var isMade = !OperatingSystem.IsWindows() && Link(temporary, path) == 0;
        if (isMade || (!OperatingSystem.IsWindows() && Marshal.GetLastPInvokeError() == Exists))
        {
            File.Delete(temporary);
            return isMade;
        }

        File.Move(temporary, path, overwrite: false);
        return true;
    }

    private static string DirectoryOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static IOException Failure(string directory, string done) =>
        new($"The directory '{directory}' cannot be {done} (error {Marshal.GetLastPInvokeError()}).");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string path, string other);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
