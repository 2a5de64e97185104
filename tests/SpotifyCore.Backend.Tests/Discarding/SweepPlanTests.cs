using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Discarding;
using SpotifyCore.Backend.Tests.Data;
using SQLitePCL;

namespace SpotifyCore.Backend.Tests.Discarding;

/// <summary>What the sweep reads grows as the catalogue does, and no faster.</summary>
public abstract class SweepPlanTests : IDisposable
{
    protected const int Many = 4 * Some;

    private const int Some = 3_000;

    private readonly TestStore _store;

    protected SweepPlanTests(TestStore store)
    {
        _store = store;
        Database = store.Open();
    }

    protected ServiceDatabase Database { get; }

    /// <summary>How much a store does for each sound at most, in a measure of its own.</summary>
    protected abstract int MostOfOne { get; }

    /// <summary>Whether the store knows how its tables are filled or guesses: at no size each sound meets all tracks.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sweep_OfSounds_DoesNoMoreForEachWhereThereAreMore(bool isAnalysed)
    {
        using var connection = Database.Open();
        foreach (var (from, to) in new[] { (1, Some), (Some + 1, Many) })
        {
            Fill(connection, from, to, isAnalysed);
            foreach (var looking in DiscardStore.Lookings)
                Assert.InRange(CountWork(connection, looking), 1, (long)MostOfOne * to);
        }
    }

    public void Dispose()
    {
        Database.Dispose();
        _store.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>How much it does to answer.</summary>
    protected abstract long CountWork(DbConnection connection, string sql);

    /// <summary>Sounds of which some are on no track, some on one that was removed by hand, some noted as idle.</summary>
    protected static void Fill(DbConnection connection, int from, int to, bool isAnalysed)
    {
        connection.Execute(
            """
            WITH RECURSIVE n(i) AS (SELECT CAST(@from AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < @to)
            INSERT INTO recordings (id, recording, duration_ms, loudness, peak, idle)
            SELECT i, 'r' || i, 1000, -12, 0.5, CASE WHEN i % 50 = 7 THEN 1 END FROM n;
            INSERT INTO tracks (track, recording, title, artists, disc, number, year, genre)
            SELECT 't' || id, id, 'Title', 'Artist', 1, 1, 2000, '' FROM recordings WHERE id >= @from AND id % 100 <> 0;
            INSERT INTO mended_tracks (track, removed)
            SELECT 't' || id, CASE WHEN id % 20 = 1 THEN 1 END FROM recordings WHERE id >= @from AND id % 10 = 1
            """,
            ("@from", from), ("@to", to));
        if (isAnalysed)
            connection.Execute("ANALYZE");
    }
}

public sealed class SqliteSweepPlanTests() : SweepPlanTests(new SqliteStore())
{
    protected override int MostOfOne => 60;

    // Steps of the machine that runs the statement.
    protected override long CountWork(DbConnection connection, string sql)
    {
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_prepare_v2(((SqliteConnection)connection).Handle, sql, out var statement));
        using (statement)
        {
            while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
            {
                // How many there are does not matter.
            }

            return raw.sqlite3_stmt_status(statement, raw.SQLITE_STMTSTATUS_VM_STEP, resetFlg: 0);
        }
    }
}

public sealed class PostgresSweepPlanTests() : SweepPlanTests(new PostgresStore())
{
    protected override int MostOfOne => 10;

    /// <summary>Who is far out in what there is to come makes room for another amount of it.</summary>
    [Fact]
    public void Sweep_OfManySounds_IsExpectedToFindAboutWhatItFinds()
    {
        using var connection = Database.Open();
        Fill(connection, 1, Many, isAnalysed: true);

        foreach (var looking in DiscardStore.Lookings)
        {
            using var plan = Explain(connection, looking);
            var found = plan.RootElement[0].GetProperty("Plan");
            Assert.InRange(found.GetProperty("Plan Rows").GetDouble(), RowsOf(found) / 2, RowsOf(found) * 2);
        }
    }

    // Rows that the steps of the plan handle, as often as they do.
    protected override long CountWork(DbConnection connection, string sql)
    {
        using var plan = Explain(connection, sql);
        return NodesOf(plan.RootElement[0].GetProperty("Plan")).Sum(static node =>
            node.GetProperty("Actual Loops").GetInt64() + (long)RowsOf(node)
            + Number(node, "Rows Removed by Filter") + Number(node, "Rows Removed by Join Filter"));
    }

    private static double RowsOf(JsonElement node) =>
        node.GetProperty("Actual Rows").GetDouble() * node.GetProperty("Actual Loops").GetInt64();

    // Of one loop, as the plan tells it.
    private static long Number(JsonElement node, string name) => node.TryGetProperty(name, out var number)
        ? number.GetInt64() * node.GetProperty("Actual Loops").GetInt64()
        : 0;

    private static JsonDocument Explain(DbConnection connection, string sql) =>
        JsonDocument.Parse(connection.Query($"EXPLAIN (ANALYZE, FORMAT JSON) {sql}").Single(static row => row.GetString(0))!);

    private static IEnumerable<JsonElement> NodesOf(JsonElement node) => node.TryGetProperty("Plans", out var plans)
        ? plans.EnumerateArray().SelectMany(NodesOf).Prepend(node)
        : [node];
}
