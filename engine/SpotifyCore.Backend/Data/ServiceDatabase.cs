using Microsoft.Data.Sqlite;

namespace SpotifyCore.Backend.Data;

/// <summary>
/// The access point's one SQLite file: many readers at a time, one writer. A write that has returned is on the
/// disk (write-ahead log, synchronous=FULL). Safe for many threads, and beside other processes on the same file.
/// </summary>
public sealed class ServiceDatabase : IDisposable
{
    private const int SchemaVersion = 1;

    private readonly string _connectionString;
    private readonly Lock _writing = new();

    /// <summary>Opens the file, or makes it with all its tables.</summary>
    /// <exception cref="InvalidDataException">The file was made by a later version.</exception>
    public ServiceDatabase(string path)
    {
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            ForeignKeys = true,
            DefaultTimeout = 30,
        }.ToString();
        CreateForOwnerAlone(path);
        Prepare();
    }

    /// <summary>A connection of the caller's own, to be disposed.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        connection.Execute("PRAGMA synchronous = FULL");
        return connection;
    }

    /// <summary>Runs <paramref name="work"/> in one transaction, alone; durable when this returns.</summary>
    public T Write<T>(Func<SqliteConnection, T> work)
    {
        lock (_writing)
        {
            using var connection = Open();
            using var transaction = connection.BeginTransaction();
            var result = work(connection);
            transaction.Commit();
            return result;
        }
    }

    /// <summary>Closes the idle connections.</summary>
    public void Dispose()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private static void CreateForOwnerAlone(string path)
    {
        // SQLite gives its log the mode of the database, so that has to be right from the start. A file that is there
        // must not be touched: closing it would end the locks that this process holds on it.
        if (File.Exists(path))
            return;

        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        new FileStream(path, options).Dispose();
    }

    private void Prepare()
    {
        using var connection = Open();
        connection.Execute("PRAGMA journal_mode = WAL");
        using var transaction = connection.BeginTransaction();
        var version = connection.Query("PRAGMA user_version").Single(static row => row.GetInt32(0));
        if (version > SchemaVersion)
            throw new InvalidDataException($"The database has version {version}; this program knows {SchemaVersion}.");

        if (version == 0)
            connection.Execute(ReadSchema());

        transaction.Commit();
    }

    private static string ReadSchema()
    {
        using var resource = typeof(ServiceDatabase).Assembly.GetManifestResourceStream("schema.sql")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
