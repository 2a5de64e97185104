using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace SpotifyCore.Backend.Data;

/// <summary>Rows of either store put into a table of PostgreSQL by <c>COPY</c>, which takes no round trip for each.</summary>
internal static class PostgresCopy
{
    // Foreign keys are looked up when the last row has come: of millions that takes minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(12);

    /// <inheritdoc cref="ServiceDatabase.Fill"/>
    public static void Fill(
        NpgsqlConnection connection, string table, IReadOnlyList<string> columns, DbDataReader rows)
    {
        var names = string.Join(", ", columns);
        var types = TypesOf(connection, table, names);
        using var copy = connection.BeginBinaryImport($"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)");
        copy.Timeout = Patience;
        while (rows.Read())
        {
            copy.StartRow();
            for (var i = 0; i < columns.Count; i++)
            {
                if (!TryWrite(copy, rows.GetValue(i), types[i]))
                    throw new InvalidDataException($"A row of {table} has a {columns[i]} that is not {types[i].Name}.");
            }
        }

        copy.Complete();
    }

    private static Type[] TypesOf(DbConnection connection, string table, string columns)
    {
        using var none = connection.Query($"SELECT {columns} FROM {table} LIMIT 0");
        using var reader = none.ExecuteReader();

        // As a delegate the method would have its type's members kept by name, which the native compiler refuses.
        var types = new Type[reader.FieldCount];
        for (var i = 0; i < types.Length; i++)
            types[i] = reader.GetFieldType(i);

        return types;
    }

    // SQLite has one width of whole numbers and one of others.
    private static bool TryWrite(NpgsqlBinaryImporter copy, object value, Type type)
    {
        switch (value)
        {
            case DBNull:
                copy.WriteNull();
                return true;
            case long number when type == typeof(long):
                copy.Write(number, NpgsqlDbType.Bigint);
                return true;
            case long number and >= int.MinValue and <= int.MaxValue when type == typeof(int):
                copy.Write((int)number, NpgsqlDbType.Integer);
                return true;
            case double number when type == typeof(float):
                copy.Write((float)number, NpgsqlDbType.Real);
                return true;
            case string text when type == typeof(string):
                copy.Write(text, NpgsqlDbType.Text);
                return true;
            case byte[] bytes when type == typeof(byte[]):
                copy.Write(bytes, NpgsqlDbType.Bytea);
                return true;
            default:
                return false;
        }
    }
}
