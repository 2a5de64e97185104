using System.Data.Common;
using SpotifyCore.Backend.Data;

namespace SpotifyCore.Backend.Tests.Data;

/// <summary>A database whose reads and writes a test takes part in.</summary>
internal sealed class HookedDatabase(ServiceDatabase database) : ServiceDatabase
{
    /// <summary>Runs when a read has begun, on its connection.</summary>
    public Action<DbConnection>? WhileRead { get; set; }

    /// <summary>Runs when a read has ended, before it has returned.</summary>
    public Action? AfterRead { get; set; }

    /// <summary>Runs once, before the next write begins.</summary>
    public Action? BeforeWrite { get; set; }

    /// <summary>Runs once, after the next write, before that has returned.</summary>
    public Action? AfterWrite { get; set; }

    internal override bool IsShared => database.IsShared;

    public override DbConnection Open() => database.Open();

    public override T Read<T>(Func<DbConnection, T> read)
    {
        var result = database.Read(connection =>
        {
            WhileRead?.Invoke(connection);
            return read(connection);
        });
        AfterRead?.Invoke();
        return result;
    }

    public override T Write<T>(Func<DbConnection, T> work)
    {
        var before = BeforeWrite;
        BeforeWrite = null;
        before?.Invoke();
        var result = database.Write(work);
        var after = AfterWrite;
        AfterWrite = null;
        after?.Invoke();
        return result;
    }

    public override T WriteCatalogue<T>(Func<DbConnection, T> work) => database.WriteCatalogue(work);

    public override Task WatchAsync(Action changed, CancellationToken cancellationToken) =>
        database.WatchAsync(changed, cancellationToken);

    internal override Task WatchStreamsAsync(Action<long?> taken, CancellationToken cancellationToken) =>
        database.WatchStreamsAsync(taken, cancellationToken);

    internal override void TellTaken(DbConnection connection, long account) => database.TellTaken(connection, account);

    public override void Dispose() => database.Dispose();

    internal override void Fill(
        DbConnection connection, string table, IReadOnlyList<string> columns, DbDataReader rows) =>
        database.Fill(connection, table, columns, rows);

    internal override void TakeUpIds(DbConnection connection) => database.TakeUpIds(connection);
}
