namespace SpotifyCore.Backend.Keys;

/// <summary>A file that only its owner may read; made whole or not at all.</summary>
internal static class SecretFile
{
    private const int MostWaits = 200;
    private const int WaitMilliseconds = 10;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Reads the file, or makes it from <paramref name="create"/>. Of several that make it at once, in this process
    /// or in others, one does and the rest wait for it.
    /// </summary>
    /// <exception cref="InvalidDataException">Others may read the file.</exception>
    /// <exception cref="IOException">It cannot be read or made, or another did not finish within 2 s.</exception>
    public static byte[] LoadOrCreate(string path, Func<byte[]> create)
    {
        for (var waits = 0; !File.Exists(path); waits++)
        {
            var held = path + ".lock";
            try
            {
                using var holder = new FileStream(
                    held, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
                if (!File.Exists(path))
                    Create(path, create());
            }
            catch (IOException) when (waits < MostWaits && File.Exists(held))
            {
                Thread.Sleep(WaitMilliseconds);
            }
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != UnixFileMode.None)
            throw new InvalidDataException($"'{path}' is a secret that others may read: chmod 600 it.");

        return File.ReadAllBytes(path);
    }

    private static void Create(string path, byte[] secret)
    {
        // What a crash left behind is written over.
        var unfinished = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;

        using (var file = new FileStream(unfinished, options))
        {
            file.Write(secret);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path);
    }
}
