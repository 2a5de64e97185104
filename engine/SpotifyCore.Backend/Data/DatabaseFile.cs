namespace SpotifyCore.Backend.Data;

/// <summary>Where the database lies, and the keys beside it that belong to it.</summary>
internal static class DatabaseFile
{
    /// <summary>
    /// Refuses a database that is missing or empty though keys are there: it was lost, and an empty one in its place
    /// would look like a service without accounts and tracks.
    /// </summary>
    /// <exception cref="InvalidDataException">It is so; the message says what to restore.</exception>
    public static void ThrowIfLost(string path, params ReadOnlySpan<string> keys)
    {
        if (!IsThere(path))
            ThrowIfThere(keys, $"The database '{path}' is {(File.Exists(path) ? "empty" : "missing")}");
    }

    /// <summary>Refuses a database that has nothing though keys are there.</summary>
    /// <param name="keys">Their files.</param>
    /// <param name="found">What is wrong with the database, as the beginning of a sentence.</param>
    /// <exception cref="InvalidDataException">One is; the message says what to restore.</exception>
    public static void ThrowIfThere(ReadOnlySpan<string> keys, string found)
    {
        foreach (var key in keys)
        {
            if (File.Exists(key))
                throw new InvalidDataException(
                    $"{found}, but '{key}' is there: restore the database from a backup. "
                    + "To begin anew without it, remove its keys too.");
        }
    }

    /// <summary>Whether one is there that was written to; what was written last may be in its log alone.</summary>
    public static bool IsThere(string path) => LengthOf(path) > 0 || LengthOf(path + "-wal") > 0;

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;
}
