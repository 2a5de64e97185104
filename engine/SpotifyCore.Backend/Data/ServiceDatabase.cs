using System.Data.Common;

namespace SpotifyCore.Backend.Data;

/// <summary>
/// Where the service's data rests: accounts and sessions, and the catalogue. Many read at a time; of those who change
/// accounts, and of those who change the catalogue, one at a time, wherever they are. A change that has returned is
/// durable. Safe for many threads, and beside other processes on the same data.
/// </summary>
public abstract class ServiceDatabase : IDisposable
{
    /// <summary>The form of the tables, which both stores number alike.</summary>
    internal const int SchemaVersion = 19;

    /// <summary>A connection of the caller's own, to be disposed.</summary>
    public abstract DbConnection Open();

    /// <summary>Runs <paramref name="read"/> on the data as it is at one moment, whatever is changed meanwhile.</summary>
    public abstract T Read<T>(Func<DbConnection, T> read);

    /// <summary>Changes accounts, sessions and the like in one transaction; durable when this returns.</summary>
    public abstract T Write<T>(Func<DbConnection, T> work);

    /// <summary>
    /// Changes the catalogue in one transaction, which sees what all before it have changed; durable when this returns.
    /// </summary>
    public abstract T WriteCatalogue<T>(Func<DbConnection, T> work);

    /// <summary>
    /// Has <paramref name="changed"/> called when others may have changed the catalogue, and once as soon as that is
    /// heard of. Ends where there are no others, else with the connection.
    /// </summary>
    /// <exception cref="DbException">The connection could not be made, or was lost.</exception>
    public abstract Task WatchAsync(Action changed, CancellationToken cancellationToken);

    /// <summary>
    /// Has <paramref name="taken"/> called with each account whose stream was taken (<see cref="TellTaken"/>), and with null
    /// as soon as that is heard of: of any account. Ends where there are no other access points, else with the connection or
    /// with what that call throws.
    /// </summary>
    /// <exception cref="DbException">The connection could not be made, or was lost.</exception>
    internal abstract Task WatchStreamsAsync(Action<long?> taken, CancellationToken cancellationToken);

    /// <summary>Within a change, tells other access points once that is durable that an account's stream was taken.</summary>
    internal abstract void TellTaken(DbConnection connection, long account);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Whether several access points may work on it, each on a machine of its own.</summary>
    internal abstract bool IsShared { get; }

    /// <summary>Puts rows into a table, within a transaction of the caller's.</summary>
    /// <param name="connection">The transaction's.</param>
    /// <param name="table">Where to.</param>
    /// <param name="columns">Its columns, as the rows have theirs.</param>
    /// <param name="rows">What to put; read to its end.</param>
    /// <exception cref="InvalidDataException">One has what the table can't hold.</exception>
    internal abstract void Fill(DbConnection connection, string table, IReadOnlyList<string> columns, DbDataReader rows);

    /// <summary>New rows get ids after those that were written with theirs in this transaction.</summary>
    internal abstract void TakeUpIds(DbConnection connection);

    /// <summary>A hash of a key that belongs to this database; null before there was one.</summary>
    /// <param name="key">What the key is called.</param>
    internal byte[]? FindHash(string key)
    {
        using var connection = Open();
        return FindHash(connection, key);
    }

    /// <summary>Keeps a hash of a key, unless there is one; gives that which is kept then.</summary>
    internal byte[] KeepHash(string key, byte[] hash) => Write(connection =>
    {
        connection.Execute(
            "INSERT INTO service (name, value) VALUES (@key, @hash) ON CONFLICT DO NOTHING",
            ("@key", key), ("@hash", hash));
        return FindHash(connection, key)!;
    });

    /// <summary>True when the catalogue has files, whose keys derive from the service secret.</summary>
    internal bool HasFiles()
    {
        using var connection = Open();
        return connection.Query("SELECT 1 FROM files LIMIT 1").Single(static _ => true);
    }

    private static byte[]? FindHash(DbConnection connection, string key) =>
        connection.Query("SELECT value FROM service WHERE name = @key", ("@key", key))
            .Single(static row => row.GetBlob(0));

    /// <summary>A script of the tables.</summary>
    private protected static string ReadScript(string name)
    {
        using var resource = typeof(ServiceDatabase).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }

    /// <summary>What a database of this version is refused with.</summary>
    private protected static void ThrowIfLater(int version)
    {
        if (version > SchemaVersion)
            throw new InvalidDataException($"The database has version {version}; this program knows {SchemaVersion}.");
    }
}
