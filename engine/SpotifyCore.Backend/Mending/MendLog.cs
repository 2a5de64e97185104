using System.Data.Common;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Data;

namespace SpotifyCore.Backend.Mending;

/// <summary>The log of mends, within one transaction.</summary>
internal sealed class MendLog(DbConnection connection)
{
    private const string Select = "SELECT mend, time, account, what, undoes, undone FROM mends";

    /// <summary>The number of the next mend.</summary>
    public long Next() =>
        connection.Query("SELECT coalesce(max(mend), 0) + 1 FROM mends").Single(static row => row.GetInt64(0));

    /// <summary>Enters a mend with what it did.</summary>
    public void Add(LoggedMend mend, IReadOnlyList<MendedValue> values)
    {
        connection.Execute(
            """
            INSERT INTO mends (mend, time, account, what, undoes) VALUES (@mend, @time, @account, @what, @undoes)
            """,
            ("@mend", mend.Number), ("@time", mend.UnixMilliseconds), ("@account", mend.Account), ("@what", mend.What),
            ("@undoes", mend.Undoes > 0 ? mend.Undoes : null));
        if (mend.Undoes > 0)
            connection.Execute(
                "UPDATE mends SET undone = @mend WHERE mend = @undoes",
                ("@mend", mend.Number), ("@undoes", mend.Undoes));
        foreach (var value in values)
        {
            connection.Execute(
                """
                INSERT INTO mend_values (mend, id, field, before, after) VALUES (@mend, @id, @field, @before, @after)
                """,
                ("@mend", mend.Number), ("@id", value.Id), ("@field", MendTable.ColumnOf(value.Field)),
                ("@before", value.Before), ("@after", value.After));
        }
    }

    /// <summary>A mend; null where there is none of that number.</summary>
    public LoggedMend? Find(long number) =>
        connection.Query($"{Select} WHERE mend = @mend", ("@mend", number)).Single(Read);

    /// <summary>The latest mend that is neither undone nor undoes another; null where there is none.</summary>
    public LoggedMend? FindLatest() =>
        connection.Query($"{Select} WHERE undone IS NULL AND undoes IS NULL ORDER BY mend DESC LIMIT 1").Single(Read);

    /// <summary>Mends before one, the latest first.</summary>
    public List<LoggedMend> List(long before, int limit) => connection.Query(
        $"{Select} WHERE mend < @before ORDER BY mend DESC LIMIT @limit", ("@before", before), ("@limit", limit)).All(Read);

    /// <summary>What a mend did.</summary>
    public List<MendedValue> ValuesOf(long mend) => connection.Query(
        "SELECT id, field, before, after FROM mend_values WHERE mend = @mend ORDER BY id, field", ("@mend", mend))
        .All(static row => new MendedValue(
            row.GetString(0), Enum.Parse<MendedField>(row.GetString(1), ignoreCase: true),
            row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3)));

    /// <summary>
    /// Later mends that would mean something else without a mend: of the same fields, and of a release that it made.
    /// </summary>
    public List<long> StandingOn(long mend) => connection.Query(
        """
        SELECT DISTINCT later.mend FROM mend_values own
          JOIN mend_values v ON v.mend > own.mend AND ((v.id = own.id AND v.field = own.field)
            OR (own.field = 'made' AND (v.id = own.id OR v.after = own.id)))
          JOIN mends later ON later.mend = v.mend
        WHERE own.mend = @mend AND later.undone IS NULL AND later.undoes IS NULL
        ORDER BY later.mend
        """,
        ("@mend", mend))
        .All(static row => row.GetInt64(0));

    private static LoggedMend Read(DbDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3))
        {
            Undoes = row.IsDBNull(4) ? 0 : row.GetInt64(4), Undone = row.IsDBNull(5) ? 0 : row.GetInt64(5),
        };
}
