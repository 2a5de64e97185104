using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace SpotifyCore.Backend.Data;

/// <summary>
/// Commands with named values, written <c>@name</c>, without the ceremony. Values never become part of the SQL, which
/// is such as both stores understand. A number is read with the width of its column; a count is cast for that.
/// </summary>
internal static class DbQueries
{
    /// <summary>Runs a statement; returns the rows it changed.</summary>
    public static int Execute(
        this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = connection.Query(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>Prepares a query.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Every caller passes a literal.")]
    public static DbCommand Query(
        this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, ValueOf(value));
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Reads the first row, or default, and disposes of the command.</summary>
    public static T? Single<T>(this DbCommand command, Func<DbDataReader, T> read)
    {
        using (command)
        {
            using var reader = command.ExecuteReader();
            return reader.Read() ? read(reader) : default;
        }
    }

    /// <summary>Reads every row, and disposes of the command. The connection can't be asked meanwhile.</summary>
    public static List<T> All<T>(this DbCommand command, Func<DbDataReader, T> read)
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

    public static byte[] GetBlob(this DbDataReader reader, int column) => reader.GetFieldValue<byte[]>(column);

    // PostgreSQL has no text with U+0000 in it: what is asked for under such a name is not there, in either store.
    private static object ValueOf(object? value) => value switch
    {
        null => DBNull.Value,
        string text => text.Replace('\0', '\ufffd'),
        _ => value,
    };
}
