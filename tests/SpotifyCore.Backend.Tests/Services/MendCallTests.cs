using Grpc.Core;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Backend.Tests.Services;

/// <summary>A librarian at the access point.</summary>
public sealed class MendCallTests(BackendFixture backend) : IClassFixture<BackendFixture>
{
    [Fact]
    public async Task Mends_OverTheWire_AreSeenByListenersAtOnceAndUndone()
    {
        using var channel = await backend.ConnectAsync("import");
        using var listener = await backend.ConnectAsync("ann");
        var librarian = channel.Librarian();
        var tracks = new List<string>();
        for (var seed = 60; seed < 63; seed++)
        {
            var request = TestTracks.At($"/mended/{seed}.flac", seed, $"Wirework {seed}", "Wirer", $"Wired {seed}", 1);
            tracks.Add((await librarian.AddTrackAsync(request)).Track);
        }

        async Task<List<string>> FindAsync(string query) =>
            [.. (await listener.AccessPoint().SearchAsync(new SearchRequest { Query = query })).Tracks.Select(static one => one.Title)];
        async Task<string> AlbumAsync(string track) =>
            (await listener.AccessPoint().GetTrackAsync(new GetTrackRequest { Track = track })).Album;

        var found = await librarian.FindEntriesAsync(new FindEntriesRequest { Prefix = tracks[0][..10] });
        Assert.Equal("Wirework 60", Assert.Single(found.Entries).Title);

        var edited = await librarian.EditEntryAsync(new EditEntryRequest { Id = tracks[0], Title = "Mended wirework" });
        Assert.Equal(["Mended wirework"], await FindAsync("mended wirework"));
        var details = await librarian.GetEntryAsync(new GetEntryRequest { Id = tracks[0] });
        Assert.Equal(("Mended wirework", "Wirework 60"), (details.Entry.Title, details.Tags.Title));

        var (one, two) = (await AlbumAsync(tracks[0]), await AlbumAsync(tracks[1]));
        await librarian.MergeEntriesAsync(new MergeEntriesRequest { Id = one, With = two });
        Assert.Equal(one, await AlbumAsync(tracks[1]));
        var split = await librarian.SplitReleaseAsync(new SplitReleaseRequest { Release = one, Tracks = { tracks[1] } });
        Assert.Equal(split.Made, await AlbumAsync(tracks[1]));
        var removed = await librarian.RemoveEntryAsync(new RemoveEntryRequest { Id = tracks[2] });
        Assert.Empty(await FindAsync("wirework 62"));
        await CallAssert.FailsAsync(StatusCode.NotFound, () => AlbumAsync(tracks[2]));

        var log = await librarian.ListMendsAsync(new ListMendsRequest { Limit = 2 });
        Assert.Equal([removed.Mend, split.Mend], log.Mends.Select(static mend => mend.Number));
        Assert.True(log.More);
        await librarian.UndoMendAsync(new UndoMendRequest());
        Assert.Equal(["Wirework 62"], await FindAsync("wirework 62"));
        await librarian.UndoMendAsync(new UndoMendRequest { Mend = edited.Mend });
        Assert.Equal(["Wirework 60"], await FindAsync("title:\"wirework 60\""));
        var releases = await librarian.ListReleasesAsync(new ListReleasesRequest { Limit = 500 });
        Assert.Contains(releases.Releases, release => release.Id == split.Made);
    }

    [Fact]
    public async Task Calls_ThatMeanNothing_SayWhy()
    {
        using var channel = await backend.ConnectAsync("import");
        var librarian = channel.Librarian();

        Task InvalidAsync(Func<Task> call) => CallAssert.FailsAsync(StatusCode.InvalidArgument, call);
        await InvalidAsync(() => librarian.FindEntriesAsync(new FindEntriesRequest()).ResponseAsync);
        await InvalidAsync(() =>
            librarian.FindEntriesAsync(new FindEntriesRequest { Prefix = new string('0', 33) }).ResponseAsync);
        await InvalidAsync(() => librarian.ListReleasesAsync(new ListReleasesRequest()).ResponseAsync);
        await InvalidAsync(() => librarian.ListReleasesAsync(new ListReleasesRequest { Limit = 501 }).ResponseAsync);
        await InvalidAsync(() =>
            librarian.ListReleasesAsync(new ListReleasesRequest { Limit = 1, Offset = -1 }).ResponseAsync);
        await InvalidAsync(() => librarian.ListMendsAsync(new ListMendsRequest()).ResponseAsync);
        await InvalidAsync(() => librarian.ListMendsAsync(new ListMendsRequest { Limit = 1, Before = -1 }).ResponseAsync);
        await InvalidAsync(() => librarian.SplitReleaseAsync(new SplitReleaseRequest()).ResponseAsync);
        await CallAssert.FailsAsync(
            StatusCode.NotFound, () => librarian.GetEntryAsync(new GetEntryRequest { Id = "x" }).ResponseAsync);
        await CallAssert.FailsAsync(
            StatusCode.NotFound, () => librarian.RemoveEntryAsync(new RemoveEntryRequest { Id = "x" }).ResponseAsync);
        await CallAssert.FailsAsync(
            StatusCode.NotFound, () => librarian.UndoMendAsync(new UndoMendRequest { Mend = 1_000 }).ResponseAsync);
        await CallAssert.FailsAsync(
            StatusCode.FailedPrecondition,
            () => librarian.EditEntryAsync(new EditEntryRequest { Id = "x", Title = "" }).ResponseAsync);
    }
}
