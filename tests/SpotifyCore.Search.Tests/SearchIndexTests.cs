using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Search.Indexing;
using SpotifyCore.Search.Querying;
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
        _index.Merge();
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
        _index.Merge();
        using var other = new SearchIndex(_folder["search.db"], Catalogue + 1);

        Assert.Equal((0, 0), (other.Change, other.Find("here", 10).Ids.Count));
    }

    [Fact]
    public void Open_CutShort_IsMadeAnew()
    {
        _index.Apply(Enumerable.Range(0, 200).Select(number => Entry($"{number}", $"Song {number}")), [], 5);
        _index.Merge();
        var whole = File.ReadAllBytes(_folder["search.db"]);
        foreach (var length in new[] { 0, 1, 127, 128, whole.Length / 2, whole.Length - 1 })
        {
            File.WriteAllBytes(_folder["cut.db"], whole[..length]);
            using var index = new SearchIndex(_folder["cut.db"], Catalogue);
            Assert.Equal(0, index.Change);
        }
    }

    [Fact]
    public void Open_AnyByteChanged_IsMadeAnew()
    {
        Put("1", "Here");
        _index.Merge();
        var whole = File.ReadAllBytes(_folder["search.db"]);
        for (var at = 0; at < whole.Length; at += at < 200 ? 1 : 61)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 0x10;
            File.WriteAllBytes(_folder["damaged.db"], damaged);
            using var index = new SearchIndex(_folder["damaged.db"], Catalogue);
            Assert.Equal(0, index.Change);
        }
    }

    [Fact]
    public void Open_AfterAnEndWithoutMerge_IsAtTheChangeThatWasWritten()
    {
        Put("1", "Written");
        _index.Merge();
        _index.Apply([Entry("1", "Lost"), Entry("2", "Lost")], [], 2);
        using var again = new SearchIndex(_folder["search.db"], Catalogue);

        Assert.Equal(1, again.Change);
        Assert.Equal(["1"], again.Find("written", 10).Ids);
        again.Apply([Entry("1", "Lost"), Entry("2", "Lost")], [], 2);
        Assert.Empty(again.Find("written", 10).Ids);
        Assert.Equal(["1", "2"], again.Find("lost", 10).Ids.Order());
    }

    [Fact]
    public void Merge_Cancelled_LeavesAllAsItIs()
    {
        Put("1", "Here");
        Assert.Throws<OperationCanceledException>(() => _index.Merge(stop: new CancellationToken(canceled: true)));

        Assert.Equal(["1"], Found("here"));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(_folder["search.db"])!));
    }

    [Fact]
    public async Task Merge_BesideChanges_LosesNone()
    {
        const int Changes = 300;
        var ended = false;
        var merging = Task.Run(() =>
        {
            while (!Volatile.Read(ref ended))
                _index.Merge(isAllWritten: true);
        });
        for (var change = 1; change <= Changes; change++)
        {
            _index.Apply([Entry($"{change}", $"Song {change}"), Entry("same", $"Same {change}")], [$"{change - 10}"], change);
            Assert.Equal(["same"], Found($"same {change}"));
        }

        Volatile.Write(ref ended, true);
        await merging;

        _index.Merge(isAllWritten: true);
        using var again = new SearchIndex(_folder["search.db"], Catalogue);
        foreach (var index in new[] { _index, again })
        {
            Assert.Equal(
                Enumerable.Range(Changes - 9, 10).Select(static number => $"{number}").Order(),
                index.Find("song", 100).Ids.Order());
            Assert.Equal(["same"], index.Find("same", 10).Ids);
            Assert.Equal(Changes, index.Change);
        }
    }

    // However entries came in and wherever they rest. No word here is near another, nor are two what another begins with.
    [Fact]
    public void Find_AfterAnyChanges_IsWhatAListGives()
    {
        string[] words = ["la", "lak", "lakes", "love", "lovely", "lo", "zeta", "étude", "東京", "rock"];
        var word = Gen.Elements(words);
        var entry =
            from id in Gen.Choose(0, 40)
            from title in word.ListOf(2)
            from artist in word
            from plays in Gen.Elements(0L, 3, 500)
            select Entry($"{id}", string.Join(' ', title), artist, plays);
        var step =
            from entries in Gen.Choose(0, 12).SelectMany(count => entry.ListOf(count))
            from removed in Gen.Choose(0, 40).ListOf(2)
            from merges in Gen.Elements(0, 1, 2)
            select (Entries: entries.ToArray(), Removed: removed.Select(static id => $"{id}").ToArray(), Merges: merges);

        Prop.ForAll(step.ListOf(8).ToArbitrary(), steps =>
        {
            SearchIndex.Delete(_folder["any.db"]);
            var index = new SearchIndex(_folder["any.db"], Catalogue);
            var list = new Dictionary<string, SearchEntry>();
            foreach (var (entries, removed, merges) in steps)
            {
                index.Apply(entries, removed, 1);
                foreach (var id in removed)
                    list.Remove(id);
                foreach (var one in entries)
                    list[one.Id] = one;

                if (merges > 0)
                    index.Merge(isAllWritten: true);
                if (merges > 1)
                {
                    index.Dispose();
                    index = new SearchIndex(_folder["any.db"], Catalogue);
                }
            }

            using var last = index;
            return words.All(typed => list.Values.Where(one => Has(one, typed)).Select(static one => one.Id).Order()
                    .SequenceEqual(last.Find(typed, 100).Ids.Order()))
                && words.All(typed => list.Values.Where(one => one.Artists[0].StartsWith(typed, StringComparison.Ordinal))
                    .Select(static one => one.Id).Order()
                    .SequenceEqual(last.Find($"artist:{typed}", 100).Ids.Order()));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Find_InAField_IsNotHiddenByOthersThatAreMorePopular()
    {
        _index.Apply(
            Enumerable.Range(0, 3_000).Select(number => Entry($"{number}", $"Love {number}", "Somebody", plays: 1_000))
                .Append(Entry("sung", "Forever Changes", "Love")
                    with { Album = "Hate", Year = 1967, Genre = "Rock" })
                .Append(Entry("named", "Other", "Other") with { Album = "Love", Year = 1968 }),
            [], 1);
        _index.Merge();

        Assert.Equal(["sung"], Found("artist:love"));
        Assert.Equal(["sung"], Found("artist:lo changes"));
        Assert.Equal(["named"], Found("album:love"));
        Assert.Equal(["sung"], Found("love year:1967"));
        Assert.Equal(["named", "sung"], Found("lo year:1960-1969").Order());
        Assert.Equal(["sung"], Found("love genre:rock"));
        Assert.Equal(SearchIndex.MaxHits, _index.Find("title:love", 200, 800).Ids.Count + 800);
        Assert.Empty(Found("title:hate"));
    }

    // Beginnings that many entries share are read from sets of entries: as many as are counted must come.
    [Fact]
    public void Find_BeginningsOfMany_FindsEachEntryOnce()
    {
        const int Entries = 9_000;
        _index.Apply(
            Enumerable.Range(0, Entries).Select(number => Entry(
                $"{number}", number % 3 == 0 ? $"Common song {number}" : $"Comrade {number % 50}", $"Artist {number % 7}")),
            [], 1);
        _index.Merge();

        foreach (var (typed, count) in new[] { ("comm", 1_000), ("c s artist", 1_000), ("common 8997", 1), ("comrade 49 artist 6", 17) })
            Assert.Equal(count, Enumerable.Range(0, 5).Sum(page => _index.Find(typed, 200, 200 * page).Ids.Count));

        Assert.Equal(["8997"], Found("com 8997"));
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

    [Theory]
    [InlineData(SearchOrder.Popular, "", "4 3 2 1 0")]
    [InlineData(SearchOrder.New, "", "0 1 2 3 4")]
    [InlineData(SearchOrder.Popular, "genre:rock", "4 2 0")]
    [InlineData(SearchOrder.New, "genre:rock song", "0 2 4")]
    [InlineData(SearchOrder.New, "artist:other", "1 3")]
    [InlineData(SearchOrder.Popular, "!!!", "")]
    [InlineData(SearchOrder.New, "nothing", "")]
    public void Find_InAnOrder_GivesAllInIt(SearchOrder order, string typed, string expected)
    {
        foreach (var number in new[] { 3, 1, 4, 0, 2 })
        {
            _index.Apply(
                [
                    Entry($"{number}", $"Song {number}", number % 2 == 0 ? "One" : "Other", plays: 100 << number) with
                    {
                        Added = 10 - number, Genre = number % 2 == 0 ? "Rock" : "Jazz",
                    },
                ],
                [], 1);
            if (number == 4)
                _index.Merge(isAllWritten: true);
        }

        string[] wanted = expected.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(wanted, _index.Find(typed, 10, 0, order).Ids);
        Assert.Equal(wanted.Skip(1).Take(2), _index.Find(typed, 2, 1, order).Ids);
        Assert.Equal(wanted.Length > 3, _index.Find(typed, 2, 1, order).HasMore);
    }

    [Fact]
    public void FindGroups_Artists_GivesEachOnceTheExactOneFirst()
    {
        _index.Apply(
            Enumerable.Range(0, 500).Select(number => Entry($"{number}", "Song", "The Loud Band", plays: 10_000))
                .Concat(Enumerable.Range(500, 50).Select(number => Entry($"{number}", "Loud", "Quiet", plays: 20_000)))
                .Append(Entry("exact", "Little known", "Loud"))
                .Append(Entry("third", "Song", "Loudmouth")),
            [], 1);
        _index.Merge();

        var artists = _index.FindGroups("loud", SearchGroup.Artist, 10);

        Assert.Equal(3, artists.Count);
        Assert.Equal(("exact", "third"), (artists[0], artists[2]));
        Assert.InRange(int.Parse(artists[1]), 0, 499);
        Assert.Equal(["exact"], _index.FindGroups("loud", SearchGroup.Artist, 1));
        Assert.Equal(4, _index.FindGroups("", SearchGroup.Artist, 10).Count);
        Assert.Empty(_index.FindGroups("???", SearchGroup.Artist, 10));
    }

    [Fact]
    public void FindGroups_Releases_TellsThoseOfOneTitleApart()
    {
        SearchEntry On(int number, string album, string artist, string release) =>
            Entry($"{number}", $"Hits {number}", artist, plays: 1_000 - number) with { Album = album, Release = release };
        _index.Apply(
            [
                On(1, "Greatest", "Queen", "a"), On(2, "Greatest", "Queen", "a"), On(3, "Greatest", "Abba", "b"),
                On(4, "Other", "Queen", "c"), Entry("5", "Greatest", "Nobody"),
            ],
            [], 1);

        Assert.Equal(["1", "3"], _index.FindGroups("greatest", SearchGroup.Release, 10));
        Assert.Equal(["1"], _index.FindGroups("queen greatest", SearchGroup.Release, 10));
        Assert.Equal(["1", "4"], _index.FindGroups("queen", SearchGroup.Release, 10));
        Assert.Equal(["1", "4"], _index.FindGroups("artist:queen", SearchGroup.Release, 10));
        Assert.Empty(_index.FindGroups("hits", SearchGroup.Release, 10));
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

    private static bool Has(SearchEntry entry, string typed) => $"{entry.Title} {entry.Artists[0]}".Split(' ')
        .Any(word => word.StartsWith(typed, StringComparison.Ordinal));

    private static SearchEntry Entry(string id, string title, string artist = "", long plays = 0) =>
        new() { Id = id, Title = title, Artists = [artist], Plays = plays };

    private void Put(string id, string title, string artist = "") => _index.Apply([Entry(id, title, artist)], [], 1);

    private IReadOnlyList<string> Found(string typed) => _index.Find(typed, 10).Ids;
}
