using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SpotifyCore.Backend.Data;

namespace SpotifyCore.Backend.Backup;

/// <summary>Everything of one store put into another, whichever they are: both have the same tables and columns.</summary>
internal static class StoreCopy
{
    /// <summary>Copies every row, as it is at one moment, in one transaction.</summary>
    /// <param name="from">May be in use.</param>
    /// <param name="to">Holds nothing yet.</param>
    /// <exception cref="InvalidDataException">A row has what its table there can't hold.</exception>
    public static void Run(ServiceDatabase from, ServiceDatabase to) => from.Read(source => to.WriteCatalogue(target =>
    {
        foreach (var (table, columns) in ListTables())
        {
            // What the tables are made with.
            target.Execute($"DELETE FROM {table}");
            using var select = source.Query($"SELECT {string.Join(", ", columns)} FROM {table}");
            using var rows = select.ExecuteReader();
            to.Fill(target, table, columns, rows);
        }

        to.TakeUpIds(target);
        return true;
    }));

    /// <summary>
    /// Makes a catalogue that was put back another one than that which went on after it was backed up: what is derived
    /// from that one is not taken for its own.
    /// </summary>
    public static void Renew(ServiceDatabase database) => database.WriteCatalogue(static connection => connection.Execute(
        "UPDATE catalogue SET id = @id", ("@id", BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))))));

    // In the order of the schema, in which a row's references are there before it.
    private static List<(string Table, IReadOnlyList<string> Columns)> ListTables()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Execute(SqliteDatabase.Schema);
        return connection.Query("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
            .All(static row => row.GetString(0))
            .ConvertAll(table => (table, (IReadOnlyList<string>)connection
                .Query("SELECT name FROM pragma_table_info(@table) ORDER BY cid", ("@table", table))
                .All(static row => row.GetString(0))));
    }
}
