using SpotifyCore.Search.Indexing;
using SpotifyCore.Search.Listing;
using SpotifyCore.Testing;

namespace SpotifyCore.Search.Tests.Listing;

/// <summary>Names come in the order of their letters, each once, however they rest and are paged.</summary>
public sealed class NameListTests : IDisposable
{
    private readonly TempDirectory _folder = new();
    private readonly SearchIndex _index;
    private int _change;

    public NameListTests() => _index = new SearchIndex(_folder["search.db"], 1);

    public void Dispose()
    {
        _index.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void List_Artists_AreEachThereOnceWithoutRegardToSigns(int limit)
    {
        Put("1", "A", artists: ["Zebra", "beyoncé"]);
        Put("2", "B", artists: ["AC/DC"]);
        _index.Merge(isAllWritten: true);
        Put("3", "C", artists: ["Beyonce"]);
        Put("4", "D", artists: ["ACDC", "!!!"]);
        Put("5", "E", artists: ["The Who", "दिल", "久石譲"]);

        Assert.Equal(
            ["!!!", "acdc", "acdc ac/dc", "beyonce", "thewho", "zebra", "दिल", "久石譲"],
            All(ListedNames.Artists, "", limit).Select(static name => $"{name.Key} {name.Id}".Trim()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void List_TitlesOfOneName_AreAllThere(int limit)
    {
        string[] ids = [.. Enumerable.Range(100, 30).Select(static id => $"t{id}")];
        foreach (var id in ids)
        {
            Put(id, "Intro", plays: 500 - id[^1]);
            if (id.EndsWith('5'))
                _index.Merge(isAllWritten: true);
        }

        Put("last", "Outro");

        Assert.Equal([.. ids, "last"], All(ListedNames.Titles, "", limit).Select(static name => name.Id));
        Assert.Equal(ids, All(ListedNames.Titles, "In", limit).Select(static name => name.Entry));
    }

    [Fact]
    public void List_ReleasesOfOneTitle_AreSeveralAndThoseWithoutAnIdNone()
    {
        Put("1", "A", album: "Greatest hits", release: "r2");
        Put("2", "B", album: "Greatest hits", release: "r1");
        Put("3", "C", album: "Greatest Hits!", release: "r2");
        Put("4", "D", album: "Greatest hits");
        Put("5", "E", album: "Later", release: "r3");

        Assert.Equal(["r1", "r2", "r3"], All(ListedNames.Releases, "", 2).Select(static name => name.Id));
        Assert.Equal(["r1", "r2"], All(ListedNames.Releases, "GREATEST", 2).Select(static name => name.Id));
    }

    [Fact]
    public void List_WhatWasTakenOutOrRenamed_IsNotThere()
    {
        Put("1", "Here", artists: ["Old name"]);
        Put("2", "Gone", artists: ["Gone"]);
        _index.Merge(isAllWritten: true);
        Put("1", "Here", artists: ["New name"]);
        _index.Apply([], ["2"], ++_change);

        Assert.Equal(["newname"], All(ListedNames.Artists, "", 10).Select(static name => name.Key));
        Assert.Equal(["1"], All(ListedNames.Titles, "", 10).Select(static name => name.Id));
    }

    [Fact]
    public void List_AfterAnything_IsAPlace()
    {
        Put("1", "Alpha");
        Put("2", "Beta");

        Assert.Equal(["2"], _index.List(ListedNames.Titles, "", "b", 10).Names.Select(static name => name.Id));
        Assert.Empty(_index.List(ListedNames.Titles, "a", "zz top", 10).Names);
        Assert.Equal("", _index.List(ListedNames.Titles, "", "", 2).Next);
    }

    private List<ListedName> All(ListedNames names, string beginning, int limit)
    {
        var all = new List<ListedName>();
        var after = "";
        do
        {
            var page = _index.List(names, beginning, after, limit);
            Assert.InRange(page.Names.Count, page.Next.Length == 0 ? 0 : limit, limit);
            all.AddRange(page.Names);
            after = page.Next;
        }
        while (after.Length > 0);

        return all;
    }

    private void Put(
        string id, string title, string[]? artists = null, string album = "", string release = "", long plays = 0) =>
        _index.Apply(
            [
                new SearchEntry
                {
                    Id = id, Title = title, Artists = artists ?? [], Album = album, Release = release, Plays = plays,
                },
            ],
            [], ++_change);
}
