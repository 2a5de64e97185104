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
        // What was written last may still be in the log alone.
        if (LengthOf(path) > 0 || LengthOf(path + "-wal") > 0)
            return;

        foreach (var key in keys)
        {
            if (File.Exists(key))
                throw new InvalidDataException(
                    $"The database '{path}' is {(File.Exists(path) ? "empty" : "missing")}, but '{key}' is there: "
                    + "restore the database from a backup. To begin anew without it, remove its keys too.");
        }
    }

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;
}
