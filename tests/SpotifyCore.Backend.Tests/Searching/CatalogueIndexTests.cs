using System.Buffers.Binary;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Searching;
using SpotifyCore.Backend.Tests.Catalogue;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Search;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Searching;

/// <summary>The index follows the catalogue, whatever happens to it.</summary>
public abstract class CatalogueIndexTests(TestStore store) : CatalogueFixture(store)
{
    private const int Many = 2_500;

    // A thousand changes are read at a time.
    private const int LastRead = 3;

    [Fact]
    public async Task Open_AfterAnEndBetweenCommitAndIndex_HasWhatWasCommitted()
    {
        Add(1, "Found before");
        await Index.DisposeAsync();
        Writer.Add(NewTrackReader.Read(TestTracks.Request(2, "Only committed")));
        Writer.Add(NewTrackReader.Read(TestTracks.Request(1, "Renamed meanwhile")));

        Index = OpenIndex();

        Assert.Equal(["Only committed"], Titles("only committed"));
        Assert.Equal(["Renamed meanwhile"], Titles("renamed"));
        Assert.Empty(Titles("found before"));
    }

    [Fact]
    public async Task Open_WithoutAFile_IsMadeInTheBackgroundAndSaysSo()
    {
        AddMany();
        await Index.DisposeAsync();
        SearchIndex.Delete(IndexPath);
        var log = new LogLines();

        Index = OpenIndex(log);
        Add(Many + 1, "Added meanwhile");
        Assert.Equal(["Added meanwhile"], Titles("added meanwhile"));

        await Eventually.TrueAsync(() => Titles($"number {Many}").Contains($"Number {Many}"));
        await Eventually.TrueAsync(() => log.Lines.Count > 0);
        Assert.Matches(
            @"^The search index was made anew in the background: \d{4} tracks in \d+\.\d s$", Assert.Single(log.Lines));
    }

    [Fact]
    public async Task Find_WhileItIsMadeAnew_SaysThatItIsIncomplete()
    {
        AddMany();
        await Index.DisposeAsync();
        SearchIndex.Delete(IndexPath);
        var time = new HeldTime();

        Index = OpenIndex(time: time);
        Add(Many + 1, "Added meanwhile");
        var (found, isIncomplete) = Index.Find("added meanwhile", 1, 0);
        Assert.Equal((1, true), (found.Ids.Count, isIncomplete));
        time.Release();

        await Eventually.TrueAsync(() => !Index.Find("number", 1, 0).IsIncomplete);
        Assert.Equal(200, Index.Find("number", 200, 0).Found.Ids.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(8)]
    public async Task Open_Damaged_FindsAllAgain(int page)
    {
        await AddManyAndWriteAsync();
        await Index.DisposeAsync();
        await DamageAsync(page);

        Index = OpenIndex();

        await FindsAllAsync();
    }

    [Fact]
    public async Task Open_OfAnotherVersion_FindsAllAgain()
    {
        await AddManyAndWriteAsync();
        await Index.DisposeAsync();
        await using (var file = File.OpenWrite(IndexPath))
        {
            file.Position = 6; // the version
            file.WriteByte(99);
        }

        Index = OpenIndex();

        await FindsAllAsync();
    }

    [Fact]
    public async Task Open_OnACatalogueOfABackup_FindsWhatThatHas()
    {
        Add(1, "Backed up");
        Add(2, "Lost again");
        await Index.DisposeAsync();
        using (var connection = Database.Open())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM tracks WHERE change = 2; UPDATE catalogue SET change = 1";
            command.ExecuteNonQuery();
        }

        Index = OpenIndex();
        Add(3, "Added since");

        Assert.Equal(["Added since"], Titles("added since"));
        await Eventually.TrueAsync(() => Titles("backed up").Count == 1);
        Assert.Empty(Index.Find("lost again", 10, 0).Found.Ids);
    }

    [Fact]
    public async Task Find_DamagedWhileItServes_FindsAllAgain()
    {
        await AddManyAndWriteAsync();
        for (var page = 2; page < new FileInfo(IndexPath).Length / 4_096; page++)
            await DamageAsync(page);

        await FindsAllAsync();
    }

    [Fact]
    public async Task Find_DamagedWhileItServes_SaysThatItIsIncomplete()
    {
        await Index.DisposeAsync();
        var time = new HeldTime();
        time.Release();
        Index = OpenIndex(time: time);
        await AddManyAndWriteAsync();
        time.Hold();
        for (var page = 2; page < new FileInfo(IndexPath).Length / 4_096; page++)
            await DamageAsync(page);

        try
        {
            Assert.Contains(Enumerable.Range(1, Many), number => Index.Find($"number {number}", 1, 0).IsIncomplete);
        }
        finally
        {
            time.Release();
        }

        await FindsAllAsync();
    }

    [Fact]
    public async Task Include_ManyAtOnce_EachIsFoundAtOnce()
    {
        await Parallel.ForEachAsync(Enumerable.Range(1, 60), (seed, _) =>
        {
            Add(seed, $"Together {seed}");
            Assert.Contains($"Together {seed}", Titles($"together {seed}"));
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>Who tells of a change while the index is being made anew is not told to wait for the next one.</summary>
    [Fact]
    public async Task Follow_WhenTheLastOfManyWereRead_IsFoundThoughTheClockStandsStill()
    {
        AddMany();
        await Index.DisposeAsync();
        SearchIndex.Delete(IndexPath);
        using var isOpen = new ManualResetEventSlim();
        var reads = 0;
        var database = new HookedDatabase(Database)
        {
            AfterRead = () =>
            {
                if (++reads != LastRead)
                    return;

                isOpen.Wait();
                Writer.Add(NewTrackReader.Read(TestTracks.Request(Many + 1, "Told at the end")));
                Index.Follow();
            },
        };

        Index = new CatalogueIndex(
            new CatalogueChanges(database), IndexPath, new ManualTimeProvider(), NullLogger<CatalogueIndex>.Instance);
        isOpen.Set();

        await Eventually.TrueAsync(() => Titles("told at the end").Count == 1);
    }

    [Fact]
    public async Task Follow_Plays_PutsTheMostPlayedFirst()
    {
        Add(1, "Same song", "One");
        Add(2, "Same song too", "Two");
        Assert.Equal("Same song", Titles("same")[0]);

        Writer.AddPlays(new Dictionary<TrackId, int> { [TestTracks.TrackOf(2)] = 5_000 });
        Index.Follow();

        await Eventually.TrueAsync(() => Titles("same")[0] == "Same song too");
    }

    [Fact]
    public async Task Remove_ThenEndBeforeTheIndexFollows_IsNotFoundAgain()
    {
        var (stays, goes) = (TestTracks.At("/m/1.flac", 1, "Stays"), TestTracks.At("/m/2.flac", 2, "Goes"));
        Add(stays);
        Add(goes);
        await Index.DisposeAsync();
        Writer.Remove(["/m/2.flac"]);

        Index = OpenIndex();

        Assert.Empty(Index.Find("goes", 10, 0).Found.Ids);
        Assert.Equal(["Stays"], Titles("stays"));

        Add(goes);
        Assert.Equal(["Goes"], Titles("goes"));
    }

    private void AddMany()
    {
        Add(1, "Number 1");
        using var connection = Database.Open();
        connection.Execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < @many)
            INSERT INTO tracks (track, recording, title, artists, disc, number, year, genre, change)
            SELECT substr('0000000000000000000000', length('' || i) + 1) || i, recording, 'Number ' || i, 'Somebody', 1,
              i, 2000, '', i
            FROM tracks, n;
            UPDATE catalogue SET change = @many
            """,
            ("@many", Many));
        Index.Follow();
    }

    private async Task AddManyAndWriteAsync()
    {
        AddMany();
        await Eventually.TrueAsync(() => File.Exists(IndexPath) && ReadChange() == Many);
    }

    private long ReadChange() => BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(IndexPath).AsSpan(32));

    private Task FindsAllAsync() => Eventually.TrueAsync(() =>
        new[] { 1, 2, 1_000, 1_001, Many }.All(
            number => Titles($"number {number}").FirstOrDefault() == $"Number {number}")
        && Index.Find("somebody", 200, 800) is { IsIncomplete: false, Found.Ids.Count: 200 });

    private async Task DamageAsync(int page)
    {
        var damage = new byte[2_000];
        Array.Fill(damage, (byte)0xa5);
        await using var file = new FileStream(IndexPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = page * 4_096;
        await file.WriteAsync(damage);
    }

    // While it is not released, nothing is made anew.
    private sealed class HeldTime : TimeProvider
    {
        private readonly ManualResetEventSlim _released = new();

        public void Hold() => _released.Reset();

        public void Release() => _released.Set();

        public override long GetTimestamp()
        {
            _released.Wait();
            return base.GetTimestamp();
        }
    }

    private sealed class LogLines : ILogger<CatalogueIndex>
    {
        private readonly Lock _guard = new();
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_guard)
                    return [.. _lines];
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            lock (_guard)
                _lines.Add(formatter(state, exception));
        }
    }
}

public sealed class SqliteCatalogueIndexTests() : CatalogueIndexTests(new SqliteStore());

public sealed class PostgresCatalogueIndexTests() : CatalogueIndexTests(new PostgresStore());
