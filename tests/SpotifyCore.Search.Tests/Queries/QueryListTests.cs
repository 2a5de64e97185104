using Xunit.Abstractions;

namespace SpotifyCore.Search.Tests.Queries;

public sealed class QueryListTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("spotifycore-search").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Find_WhatPeopleType_IsFirstOrSecondForNearlyAll()
    {
        using var index = new SearchIndex(Path.Combine(_folder, "search.db"), catalogue: 1);
        index.Apply(QueryList.Tracks.Select(static (track, number) => track.Entry(number)), [], 1);

        var missed = QueryList.Queries.Where(query => !IsFirstOrSecond(index, query)).ToArray();

        // Those that are held out are counted, never looked at: nothing may be tuned for them.
        foreach (var query in missed.Where(static query => !query.IsHeldOut))
            output.WriteLine($"{query.Kind}: {query.Query} -> {query.Expect}: {string.Join(" / ", Titles(index, query))}");

        output.WriteLine($"{missed.Length} of {QueryList.Queries.Count}, {missed.Count(query => query.IsHeldOut)} held out");
        Assert.True(missed.Length <= 10, $"{missed.Length} of {QueryList.Queries.Count} missed");
    }

    private static bool IsFirstOrSecond(SearchIndex index, ListedQuery query) =>
        index.Find(query.Query, 2).Ids.Any(id => query.IsMetBy(TrackOf(id)));

    private static IEnumerable<string> Titles(SearchIndex index, ListedQuery query) =>
        index.Find(query.Query, 3).Ids.Select(TrackOf).Select(static track => $"{track.Title} — {track.Artists[0]}");

    private static ListedTrack TrackOf(string id) => QueryList.Tracks[int.Parse(id["track".Length..])];
}
