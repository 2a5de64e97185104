using System.Runtime.InteropServices;

namespace SpotifyCore.Storage.Files;

/// <summary>Files that are there whole or not at all, after a loss of power too.</summary>
internal static partial class DurableFiles
{
    private const int ReadOnly = 0;

    /// <summary>Writes a small file in place of one that may be there.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        var temporary = path + ".tmp";
        using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, bytes, 0);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(temporary, path, overwrite: true);
        SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes the names in a directory durable: renames and removals. Windows does so by itself.</summary>
    public static void SyncDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;

        var handle = Open(directory, ReadOnly);
        if (handle < 0)
            throw Failure(directory, "opened");

        try
        {
            if (Sync(handle) != 0)
                throw Failure(directory, "synced");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static IOException Failure(string directory, string done) =>
        new($"The directory '{directory}' cannot be {done} (error {Marshal.GetLastPInvokeError()}).");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
