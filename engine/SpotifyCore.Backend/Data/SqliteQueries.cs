using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace SpotifyCore.Backend.Data;

/// <summary>Commands with named values, without the ceremony. Values never become part of the SQL.</summary>
internal static class SqliteQueries
{
    /// <summary>Runs a statement; returns the rows it changed.</summary>
    public static int Execute(
        this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = connection.Query(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>Prepares a query.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Every caller passes a literal.")]
    public static SqliteCommand Query(
        this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);

        return command;
    }

    /// <summary>Reads the first row, or default, and disposes of the command.</summary>
    public static T? Single<T>(this SqliteCommand command, Func<SqliteDataReader, T> read)
    {
        using (command)
        {
            using var reader = command.ExecuteReader();
            return reader.Read() ? read(reader) : default;
        }
    }

    /// <summary>Reads every row, and disposes of the command.</summary>
    public static List<T> All<T>(this SqliteCommand command, Func<SqliteDataReader, T> read)
    {
        using (command)
        {
            var rows = new List<T>();
            using var reader = command.ExecuteReader();
            while (reader.Read())
                rows.Add(read(reader));

            return rows;
        }
    }

    public static byte[] GetBlob(this SqliteDataReader reader, int column) => reader.GetFieldValue<byte[]>(column);
}
