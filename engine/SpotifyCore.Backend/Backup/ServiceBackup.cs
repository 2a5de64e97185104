using SpotifyCore.Backend.Data;
using SpotifyCore.Content.Files;

namespace SpotifyCore.Backend.Backup;

/// <summary>
/// All of a service's data in one file, which is an SQLite database whatever the store is: so a backup of one store can be
/// restored into the other. The keys are not in it.
/// </summary>
public static class ServiceBackup
{
    /// <summary>
    /// Backs up a store that may be in use, as it is at one moment. The file is there whole, durable and for its owner
    /// alone when this returns.
    /// </summary>
    /// <exception cref="IOException">There is such a file already, or it can't be written.</exception>
    public static void Write(ServiceDatabase database, string file)
    {
        ThrowIfThere(file);
        UseScratch(file + ".new", scratch =>
        {
            using (var backup = new SqliteDatabase(scratch))
            {
                StoreCopy.Run(database, backup);
                backup.ThrowIfDamaged();
                backup.MakeOneFile();
            }

            DurableFile.Publish(scratch, file);
        });
    }

    /// <summary>Makes the store in a file anew from a backup, of an earlier version too: whole or not at all.</summary>
    /// <param name="file">The backup, which stays as it is.</param>
    /// <param name="path">Where the store is to be.</param>
    /// <exception cref="IOException">There is one already, or the backup can't be read.</exception>
    /// <exception cref="InvalidDataException">The backup is damaged, or of a later version.</exception>
    public static void RestoreFile(string file, string path)
    {
        ThrowIfThere(path);

        // What a lost one wrote last would be taken for this one's.
        ThrowIfThere(path + "-wal");
        UseBackup(file, path + ".new", static backup => backup.MakeOneFile(), scratch => DurableFile.Publish(scratch, path));
    }

    /// <summary>Puts a backup, of an earlier version too, into an empty database of PostgreSQL: whole or not at all.</summary>
    /// <param name="file">The backup, which stays as it is.</param>
    /// <param name="connectionString">Names the database, as Npgsql does.</param>
    /// <param name="scratch">A file that is not there, for the while.</param>
    /// <exception cref="IOException">The database holds something, or can't be reached, or the backup can't be read.</exception>
    /// <exception cref="InvalidDataException">The backup is damaged, or of a later version.</exception>
    public static void RestoreDatabase(string file, string connectionString, string scratch)
    {
        using var database = new PostgresDatabase(connectionString);
        if (!database.IsEmpty())
            throw new IOException("The database holds accounts or tracks already: restore into an empty one.");

        UseBackup(file, scratch, backup => StoreCopy.Run(backup, database), static _ => { });
    }

    private static void UseBackup(string file, string scratch, Action<SqliteDatabase> use, Action<string> then)
    {
        if (!File.Exists(file))
            throw new FileNotFoundException($"There is no backup '{file}'.");

        UseScratch(scratch, path =>
        {
            DurableFile.Replace(path, file, static (copy, original) =>
            {
                using var backup = File.OpenRead(original);
                backup.CopyTo(copy);
            }, forOwnerAlone: true);
            using (var backup = new SqliteDatabase(path))
            {
                backup.ThrowIfDamaged();
                StoreCopy.Renew(backup);
                use(backup);
            }

            then(path);
        });
    }

    private static void UseScratch(string path, Action<string> use)
    {
        DeleteScratch(path);
        try
        {
            use(path);
        }
        finally
        {
            DeleteScratch(path);
        }
    }

    private static void DeleteScratch(string path)
    {
        foreach (var file in new[] { path, path + "-wal", path + "-shm", path + "-journal" })
            File.Delete(file);
    }

    private static void ThrowIfThere(string path)
    {
        if (File.Exists(path))
            throw new IOException($"There is a file '{path}' already: nothing is written over it.");
    }
}
