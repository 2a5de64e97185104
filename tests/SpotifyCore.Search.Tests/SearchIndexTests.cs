using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Search.Indexing;
using SpotifyCore.Testing;

namespace SpotifyCore.Search.Tests;

public sealed class SearchIndexTests : IDisposable
{
    private const long Catalogue = 7;

    private readonly TempDirectory _folder = new();
    private readonly SearchIndex _index;

    public SearchIndexTests() => _index = new SearchIndex(_folder["search.db"], Catalogue);

    public void Dispose()
    {
        _index.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Apply_AnEntryAgain_IsFoundByItsNewNamesAlone()
    {
        Put("1", "Misspelt", "Wrong");
        Put("1", "Spelt", "Right");

        Assert.Empty(Found("misspelt wrong"));
        Assert.Equal(["1"], Found("right spelt"));
    }

    [Fact]
    public void Apply_RemovedEntry_IsGone()
    {
        Put("1", "Here today");
        _index.Apply([], ["1", "never there"], 2);

        Assert.Empty(Found("here"));
    }

    [Fact]
    public void Apply_MorePlays_ComesFirst()
    {
        _index.Apply([Entry("1", "Same song", plays: 10), Entry("2", "Same song", plays: 1_000)], [], 1);
        Assert.Equal(["2", "1"], Found("same song"));

        _index.Apply([Entry("1", "Same song", plays: 100_000)], [], 2);
        Assert.Equal(["1", "2"], Found("same song"));
    }

    [Fact]
    public void Open_Again_HasWhatWasAppliedAndItsWords()
    {
        Put("1", "Thunderstruck", "AC/DC");
        using var again = new SearchIndex(_folder["search.db"], Catalogue);

        Assert.Equal(1, again.Change);
        Assert.Equal(["1"], again.Find("acdc", 10).Ids);
        Assert.Equal(["1"], again.Find("thunderstuck", 10).Ids);
    }

    [Fact]
    public void Open_WhatIsNoIndex_IsMadeAnew()
    {
        File.WriteAllText(_folder["other.db"], new string('x', 5_000));
        using var index = new SearchIndex(_folder["other.db"], Catalogue);

        Assert.Equal(0, index.Change);
        index.Apply([Entry("1", "New")], [], 3);
        Assert.Equal((3, 1), (index.Change, index.Find("new", 10).Ids.Count));
    }

    [Fact]
    public void Open_OfAnotherCatalogue_IsMadeAnew()
    {
        Put("1", "Here");
        using var other = new SearchIndex(_folder["search.db"], Catalogue + 1);

        Assert.Equal((0, 0), (other.Change, other.Find("here", 10).Ids.Count));
    }

    [Fact]
    public void Merge_StepByStep_ComesToAnEndAndLosesNothing()
    {
        for (var change = 1; change <= 100; change++)
            _index.Apply([Entry($"{change}", $"Common {change}")], [], change);

        for (var hasMore = _index.Merge(isFirstOfAll: true); hasMore;)
            hasMore = _index.Merge();

        Assert.False(_index.Merge());
        Assert.Equal(100, _index.Find("common", 200).Ids.Count);
        Assert.Equal(["42"], Found("common 42"));
    }

    [Fact]
    public void Find_FarBehindTheFirst_PagesToTheEnd()
    {
        const int Entries = 1_100;
        _index.Apply(
            Enumerable.Range(0, Entries).Select(number => Entry($"{number}", $"Song {number}", plays: 31 * number % 997)), [], 1);

        var paged = new List<string>();
        SearchAnswer page;
        do
        {
            page = _index.Find("song", 150, paged.Count);
            paged.AddRange(page.Ids);
        }
        while (page.HasMore);

        Assert.Equal(SearchIndex.MaxHits, paged.Distinct().Count());
        Assert.Equal(SearchIndex.MaxHits, paged.Count);
        Assert.Empty(_index.Find("song", 10, SearchIndex.MaxHits).Ids);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(350)]
    public void Find_AsManyAsThereAre_HasNoMore(int count)
    {
        _index.Apply(Enumerable.Range(0, count).Select(number => Entry($"{number}", $"Song {number}")), [], 1);

        Assert.False(_index.Find("song", count).HasMore);
        Assert.False(_index.Find("song", count, 1).HasMore);
        Assert.Equal(count > 1, _index.Find("song", Math.Max(1, count - 1)).HasMore);
    }

    [Fact]
    public void Find_Pages_CutTheSameOrder()
    {
        _index.Apply(Enumerable.Range(0, 250).Select(number => Entry($"{number}", $"Song {number}", plays: number)), [], 1);

        var (all, hasMore) = _index.Find("song", 200);

        Assert.Equal((200, true), (all.Count, hasMore));
        Assert.Equal(all.Skip(40).Take(40), _index.Find("song", 40, 40).Ids);
        Assert.False(_index.Find("song", 50, 200).HasMore);
    }

    [Theory]
    [InlineData("a word nobody has sung")]
    [InlineData("")]
    [InlineData(" \0 \u0301 \ud800 ")]
    [InlineData("\" * OR () - ^")]
    [InlineData("year:1800")]
    public void Find_WhatIsNotThere_FindsNothing(string typed)
    {
        Put("1", "One", "Two");

        Assert.Empty(Found(typed));
    }

    [Fact]
    public void Find_AnyText_NeverThrows()
    {
        Put("1", "One", "Two");

        Prop.ForAll<string>(typed => Found(typed ?? "").Count <= 1).QuickCheckThrowOnFailure();
        Prop.ForAll(
            Gen.Elements(
                "\"", "*", "(", ")", " OR ", " AND ", " NOT ", "NEAR(", "^", ":", "-", "+", "one", "東", "\u0301", "\ud83d",
                ",", "artist:", "year:", "genre:\"", "사", "\ue000", "$", "!")
                .ListOf().Select(parts => string.Concat(parts)).ToArbitrary(),
            typed => Found(typed).Count <= 1).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Find_AnyTitle_IsFoundByItself()
    {
        var number = 0;
        Prop.ForAll<NonEmptyString>(title =>
        {
            if (!title.Get.Any(char.IsAsciiLetterOrDigit))
                return true;

            Put($"{++number}", title.Get);
            return _index.Find(title.Get, 1_000).Ids.Contains($"{number}");
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Find_BesideChanges_SeesWholeOnesAlone()
    {
        var writing = Task.Run(() =>
        {
            for (var change = 1; change <= 50; change++)
                _index.Apply([Entry("1", $"Common {change}"), Entry("2", $"Common {change}")], [], change);
        });
        while (!writing.IsCompleted)
            Assert.Contains(Found("common").Count, new[] { 0, 2 });

        await writing;
        Assert.Equal(2, Found("common 50").Count);
    }

    private static SearchEntry Entry(string id, string title, string artist = "", long plays = 0) =>
        new() { Id = id, Title = title, Artists = [artist], Plays = plays };

    private void Put(string id, string title, string artist = "") => _index.Apply([Entry(id, title, artist)], [], 1);

    private IReadOnlyList<string> Found(string typed) => _index.Find(typed, 10).Ids;
}
