using SpotifyCore.Content.Files;

namespace SpotifyCore.Backend.Keys;

/// <summary>A file that only its owner may read; made whole or not at all.</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Reads the file, or makes it from <paramref name="create"/>. Of several that make it at once, in this process
    /// or in others, one does and all get that one.
    /// </summary>
    /// <exception cref="InvalidDataException">Others may read the file.</exception>
    /// <exception cref="IOException">It cannot be read or made.</exception>
    public static byte[] LoadOrCreate(string path, Func<byte[]> create)
    {
        if (!File.Exists(path))
            DurableFile.TryCreate(path, create(), forOwnerAlone: true);

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != UnixFileMode.None)
            throw new InvalidDataException($"'{path}' is a secret that others may read: chmod 600 it.");

        return File.ReadAllBytes(path);
    }
}
