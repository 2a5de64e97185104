using SpotifyCore.Search.Indexing;
using SpotifyCore.Testing;

namespace SpotifyCore.Search.Tests.Segments;

/// <summary>What holds for a few entries holds for many, in memory and in the file.</summary>
public sealed class ManyEntriesTests : IDisposable
{
    private const long Catalogue = 7;

    private readonly TempDirectory _folder = new();
    private readonly SearchIndex _index;

    public ManyEntriesTests() => _index = Open();

    public void Dispose()
    {
        _index.Dispose();
        _folder.Dispose();
    }

    /// <summary>Sets of entries are words of bits, several of which are worked on at once.</summary>
    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(900)]
    public void Apply_RemovalsAlone_AreNotFoundAndWritten(int count)
    {
        _index.Apply(Songs(1, count), [], 1);
        _index.Merge(isAllWritten: true);
        _index.Apply([], IdsOf(Enumerable.Range(1, count).Where(static number => number % 3 == 0)), 2);

        var left = IdsOf(Enumerable.Range(1, count).Where(static number => number % 3 > 0));
        Assert.Equal(left, AllOf(_index).Order());

        _index.Merge(isAllWritten: true);
        using var again = Open();
        Assert.Equal(left, AllOf(_index).Order());
        Assert.Equal(left, AllOf(again).Order());
        Assert.Equal(2, again.Change);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Find_MoreThanAreRanked_GivesTheMostPlayedFirst(int parts)
    {
        const int Count = 1_000, Alike = 50;
        foreach (var some in Songs(0, Count).Chunk(Count / parts))
            _index.Apply(some.Select(static song => song with { Plays = 1L << (int.Parse(song.Id) / Alike) }), [], 1);

        var best = IdsOf(Enumerable.Range(Count - Alike, Alike));
        Assert.Equal(best, _index.Find("song", Alike).Ids.Order());
        _index.Merge(isAllWritten: true);
        Assert.Equal(best, _index.Find("song", Alike).Ids.Order());
    }

    /// <summary>Of a file that takes a while to be written; each change adds a song and takes one out.</summary>
    [Fact]
    public async Task Merge_BesideChanges_WritesAllUpToTheChangeThatItNamesAndLosesNone()
    {
        const int Before = 5_000, Merges = 20, Beside = 200;
        _index.Apply(Songs(1, Before), [], Before);
        var (last, ended) = (Before, false);
        var changing = Task.Run(() =>
        {
            for (; !Volatile.Read(ref ended) && last < 2 * Before; Interlocked.Increment(ref last))
                _index.Apply(Songs(last + 1, 1), [$"{last + 1 - Before}"], last + 1);
        });
        try
        {
            var merges = 0;
            while (merges++ < Merges || (Volatile.Read(ref last) < Before + Beside && !changing.IsCompleted))
            {
                _index.Merge(isAllWritten: true);
                using var written = Open();
                AssertHas(written, (int)written.Change);
            }
        }
        finally
        {
            Volatile.Write(ref ended, true);
            await changing;
        }

        for (var change = Before + 1; change <= last; change++)
            AssertHas(_index, change);

        static void AssertHas(SearchIndex index, int change)
        {
            Assert.Equal([$"{change}"], index.Find($"song {change}", 1).Ids);
            Assert.DoesNotContain($"{change - Before}", index.Find($"song {change - Before}", 1).Ids);
        }
    }

    /// <summary>
    /// What changes after a file was begun is not in it, nor is it lost: the file names the change at which it was begun.
    /// </summary>
    [Fact]
    public void Merge_ChangedBetweenItsBeginningAndItsEnd_WritesWhatItBeganWithAndLosesNoChange()
    {
        const int InFile = 40, Begun = 50, Last = 60;
        _index.Apply(Songs(1, InFile), [], InFile);
        _index.Merge(isAllWritten: true);
        _index.Apply(Songs(InFile + 1, Begun - InFile), [], Begun);

        var begun = _index.BeginMerge(isAllWritten: true);
        Assert.NotNull(begun);
        for (var change = Begun + 1; change <= Last; change++)
            _index.Apply(Songs(change, 1), [$"{change - Begun}", $"{change - Last + Begun}"], change);
        _index.FinishMerge(begun.Value, CancellationToken.None);

        using var written = Open();
        Assert.Equal(Begun, written.Change);
        Assert.Equal(IdsOf(Enumerable.Range(1, Begun)), AllOf(written).Order());
        var left = Enumerable.Range(1, Last).Where(static number =>
            number is > Last - Begun and <= InFile or > Begun);
        Assert.Equal(IdsOf(left), AllOf(_index).Order());
        Assert.Equal(Last, _index.Change);
    }

    /// <summary>The words that may be meant are looked at several at once, and the last of them one by one.</summary>
    [Fact]
    public void Find_AnyWordMistyped_FindsItHoweverManyThereAre()
    {
        string[] words =
        [
            "amber", "bridge", "candle", "dragon", "element", "forest", "garden", "harbour", "island", "jungle",
            "kitchen", "ladder", "mountain", "november", "orange", "pepper", "river", "silver", "thunder", "umbrella",
            "velvet", "window", "yellow", "zebra",
        ];
        for (var count = 1; count <= words.Length; count++)
        {
            _index.Apply([new SearchEntry { Id = words[count - 1], Title = words[count - 1] }], [], count);
            foreach (var word in words[..count])
                Assert.Equal([word], _index.Find($"{word[..2]}x{word[3..]}", 10).Ids);
        }
    }

    private static IEnumerable<SearchEntry> Songs(int first, int count) => Enumerable.Range(first, count)
        .Select(static number => new SearchEntry { Id = $"{number}", Title = $"Song {number}" });

    private static string[] IdsOf(IEnumerable<int> numbers) =>
        [.. numbers.Select(static number => $"{number}").Order()];

    private static IReadOnlyList<string> AllOf(SearchIndex index) => index.Find("song", SearchIndex.MaxHits).Ids;

    private SearchIndex Open() => new(_folder["search.db"], Catalogue);
}
