namespace SpotifyCore.Backend.Keys;

/// <summary>A file that only its owner may read; made whole or not at all.</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads the file, or makes it from <paramref name="create"/>.</summary>
    /// <exception cref="InvalidDataException">Others may read the file.</exception>
    public static byte[] LoadOrCreate(string path, Func<byte[]> create)
    {
        if (!File.Exists(path))
            Create(path, create());

        // Whoever was first to put the file in place has decided what is in it.
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != UnixFileMode.None)
            throw new InvalidDataException($"'{path}' is a secret that others may read: chmod 600 it.");

        return File.ReadAllBytes(path);
    }

    private static void Create(string path, byte[] secret)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;

        try
        {
            using (var file = new FileStream(temporary, options))
            {
                file.Write(secret);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
        }
    }
}
