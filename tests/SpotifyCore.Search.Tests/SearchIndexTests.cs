using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Search.Indexing;
using SpotifyCore.Testing;

namespace SpotifyCore.Search.Tests;

public sealed class SearchIndexTests : IDisposable
{
    private readonly TempDirectory _folder = new();
    private readonly SearchIndex _index;

    public SearchIndexTests() => _index = new SearchIndex(_folder["search.db"]);

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
        using var again = new SearchIndex(_folder["search.db"]);

        Assert.Equal(1, again.Change);
        Assert.Equal(["1"], again.Find("acdc", 10).Ids);
        Assert.Equal(["1"], again.Find("thunderstuck", 10).Ids);
    }

    [Fact]
    public void Open_WhatIsNoIndex_IsMadeAnew()
    {
        File.WriteAllText(_folder["other.db"], new string('x', 5_000));
        using var index = new SearchIndex(_folder["other.db"]);

        Assert.Equal(0, index.Change);
        index.Apply([Entry("1", "New")], [], 3);
        Assert.Equal((3, 1), (index.Change, index.Find("new", 10).Ids.Count));
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
