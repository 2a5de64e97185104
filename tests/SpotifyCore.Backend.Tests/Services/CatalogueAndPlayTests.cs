using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Backend.Tests.Services;

public sealed class CatalogueAndPlayTests(BackendFixture backend) : IClassFixture<BackendFixture>
{
    [Fact]
    public async Task AddTrack_ThenListener_FindsAndOpensIt()
    {
        var request = TestTracks.Request(10, "Sommarnatt", "Ann Archer", "Somrar", number: 1);
        using var import = await backend.ConnectAsync("import");
        using var listener = await backend.ConnectAsync("ann", peer: 3);

        Assert.False((await import.Librarian().AddTrackAsync(request)).Replaced);
        Assert.True((await import.Librarian().AddTrackAsync(request)).Replaced);

        var found = await listener.AccessPoint().SearchAsync(new SearchRequest { Query = "sommar arch" });
        var track = Assert.Single(found.Tracks);
        Assert.Equal(
            track,
            await listener.AccessPoint().GetTrackAsync(new GetTrackRequest { Track = track.Track_ }));
        var album = await listener.AccessPoint().GetAlbumAsync(new GetAlbumRequest { Album = track.Album });
        Assert.Equal([track], album.Tracks);

        var opened = await listener.AccessPoint().OpenTrackAsync(new OpenTrackRequest { Track = track.Track_, Reason = OpenReason.Wanted });
        Assert.True(ManifestReader.TryRead(opened.Manifest.Span, FileId.Read(opened.File.Span), out var manifest));
        Assert.Equal((160_000, TestTracks.TrackOf(10)), (manifest.BitsPerSecond, manifest.Track));
        Assert.Equal(-6, opened.AlbumGain, 3);
        Assert.Equal(0.9f, opened.AlbumPeak);
        Assert.Equal(["stockholm", "london"], opened.Nodes.Select(node => node.Site));
        Assert.Equal(BackendFixture.Peer(1), opened.Nodes[0].Id);

        // The listener's key is the one that the import was given to seal with.
        var key = await import.Librarian().DeriveKeyAsync(new DeriveKeyRequest { PlaintextHash = request.Files[1].PlaintextHash });
        Assert.Equal(16, key.ContentKey.Length);
        Assert.Equal(key.ContentKey, opened.ContentKey);
    }

    [Fact]
    public async Task OpenTrack_Unknown_NotFound()
    {
        using var listener = await backend.ConnectAsync("ann");
        var unknown = TestTracks.TrackOf(999).ToString();

        await CallAssert.FailsAsync(StatusCode.NotFound, () => Open(listener, unknown));
        await CallAssert.FailsAsync(StatusCode.InvalidArgument, () => Open(listener, "not an id"));
        await CallAssert.FailsAsync(StatusCode.InvalidArgument, () => Open(listener, unknown, bits: -1));
        await CallAssert.FailsAsync(
            StatusCode.NotFound, () =>
                listener.AccessPoint().GetTrackAsync(new GetTrackRequest { Track = unknown }).ResponseAsync);
        await CallAssert.FailsAsync(
            StatusCode.NotFound, () =>
                listener.AccessPoint().GetAlbumAsync(new GetAlbumRequest { Album = "x" }).ResponseAsync);
        await CallAssert.FailsAsync(
            StatusCode.InvalidArgument, () =>
                listener.AccessPoint().FindPeersAsync(new FindPeersRequest()).ResponseAsync);
    }

    [Theory]
    [InlineData(201, 0)]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 1_001)]
    public async Task Search_OutOfRange_IsRefused(int limit, int offset)
    {
        using var listener = await backend.ConnectAsync("ann");
        var request = new SearchRequest { Query = "x", Limit = limit, Offset = offset };

        await CallAssert.FailsAsync(
            StatusCode.InvalidArgument, () => listener.AccessPoint().SearchAsync(request).ResponseAsync);
    }

    [Fact]
    public async Task Search_TooLongAQuery_IsRefusedWithTheLimit()
    {
        using var listener = await backend.ConnectAsync("ann");
        await listener.AccessPoint().SearchAsync(new SearchRequest { Query = new string('x', 500) });

        var detail = await CallAssert.FailsAsync(
            StatusCode.InvalidArgument,
            () => listener.AccessPoint().SearchAsync(new SearchRequest { Query = new string('x', 501) }).ResponseAsync);

        Assert.Contains("500 characters", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_InPages_SaysWhetherThereAreMore()
    {
        using var import = await backend.ConnectAsync("import");
        foreach (var seed in new[] { 40, 41, 42 })
            await import.Librarian().AddTrackAsync(TestTracks.Request(seed, $"Leafed through {seed}"));

        var found = new List<Track>();
        var more = new List<bool>();
        do
        {
            var page = await import.AccessPoint().SearchAsync(
                new SearchRequest { Query = "leafed", Limit = 1, Offset = found.Count });
            found.AddRange(page.Tracks);
            more.Add(page.More);
        }
        while (more[^1]);

        Assert.Equal([true, true, false], more);
        Assert.Equal(3, found.DistinctBy(static track => track.Track_).Count());
    }

    [Fact]
    public async Task Search_WithGroups_TellsArtistsAndAlbumsBesideTracks()
    {
        using var import = await backend.ConnectAsync("import");
        await import.Librarian().AddTrackAsync(TestTracks.Request(43, "First tuba", "Tuba Trio", "Low notes"));
        await import.Librarian().AddTrackAsync(TestTracks.Request(44, "Second tuba", "Tuba Trio", "Low notes"));
        await import.Librarian().AddTrackAsync(TestTracks.Request(45, "Third", "Somebody", "Tuba hits"));

        var found = await import.AccessPoint().SearchAsync(new SearchRequest { Query = "tuba", Groups = 5 });

        Assert.Equal(3, found.Tracks.Count);
        Assert.Equal(["Tuba Trio"], found.Artists);
        Assert.Equal(["Low notes", "Tuba hits"], found.Albums.Select(static album => album.Title).Order());
        Assert.All(found.Albums, static album => Assert.Empty(album.Tracks));
        var tracksAlone = await import.AccessPoint().SearchAsync(new SearchRequest { Query = "tuba" });
        Assert.Empty(tracksAlone.Artists);
        Assert.Empty(tracksAlone.Albums);
        await CallAssert.FailsAsync(StatusCode.InvalidArgument, () =>
            import.AccessPoint().SearchAsync(new SearchRequest { Query = "tuba", Groups = 51 }).ResponseAsync);
    }

    [Fact]
    public async Task Search_OfAField_NamesWhomItIsOf()
    {
        using var import = await backend.ConnectAsync("import");
        await import.Librarian().AddTrackAsync(TestTracks.Request(143, "Fanfare", "Oboe Octet", "Reeds"));
        await import.Librarian().AddTrackAsync(TestTracks.Request(144, "Fanfare", "Oboe Orchestra", "More reeds"));
        var polka = TestTracks.Request(145, "Polka", "Somebody else");
        polka.Tags.Genre = "Oompah";
        await import.Librarian().AddTrackAsync(polka);
        async Task<SearchReply> FindAsync(string query, int offset = 0, int groups = 5) => await import.AccessPoint()
            .SearchAsync(new SearchRequest { Query = query, Groups = groups, GroupOffset = offset });

        var found = await FindAsync("artist:\"oboe oct\"");
        Assert.Equal(["Oboe Octet"], found.Artists);
        Assert.Equal(["Reeds"], found.Albums.Select(static album => album.Title));
        Assert.Equal(["Somebody else"], (await FindAsync("genre:oompah")).Artists);
        Assert.Empty((await FindAsync("album:reeds")).Artists);

        var (first, second) = (await FindAsync("oboe", 0, 1), await FindAsync("oboe", 1, 1));
        Assert.Equal(["Oboe Octet", "Oboe Orchestra"], first.Artists.Concat(second.Artists).Order());
        Assert.Equal(
            ["More reeds", "Reeds"], first.Albums.Concat(second.Albums).Select(static album => album.Title).Order());
        Assert.Empty((await FindAsync("oboe", 2)).Artists);
        await CallAssert.FailsAsync(StatusCode.InvalidArgument, () => FindAsync("oboe", 251));
    }

    [Fact]
    public async Task ListNames_OfALetter_TellsThemInOrderAPageAtATime()
    {
        using var import = await backend.ConnectAsync("import");
        var request = TestTracks.Request(146, "Xylem", "Xaver & Xenia", "Xylophones");
        request.Tags.AlbumArtists.Add("Xaver");
        await import.Librarian().AddTrackAsync(request);
        await import.Librarian().AddTrackAsync(TestTracks.Request(147, "Xerox", "X-Ray", "Xylophones"));
        async Task<ListNamesReply> ListAsync(NameKind kind, string after = "") => await import.AccessPoint()
            .ListNamesAsync(new ListNamesRequest { Kind = kind, Beginning = "X", After = after, Limit = 2 });

        var artists = await ListAsync(NameKind.Artist);
        Assert.Equal(["Xaver", "Xaver & Xenia"], artists.Artists);
        var last = await ListAsync(NameKind.Artist, artists.Next);
        Assert.Equal((["X-Ray"], ""), (last.Artists, last.Next));
        Assert.Equal(["Xerox", "Xylem"], (await ListAsync(NameKind.Track)).Tracks.Select(static track => track.Title));
        var albums = (await ListAsync(NameKind.Album)).Albums;
        Assert.All(albums, static album => Assert.Equal(("Xylophones", 0), (album.Title, album.Tracks.Count)));
        Assert.NotEmpty(albums);
        await CallAssert.FailsAsync(StatusCode.InvalidArgument, () => ListAsync((NameKind)9));
        await CallAssert.FailsAsync(StatusCode.InvalidArgument, () => ListAsync(NameKind.Artist, new string('x', 501)));
    }

    [Fact]
    public async Task Search_NewFirst_TellsAllTracksTheLastFirst()
    {
        using var import = await backend.ConnectAsync("import");
        foreach (var seed in new[] { 46, 47 })
            await import.Librarian().AddTrackAsync(TestTracks.Request(seed, $"Brand new {seed}"));

        var request = new SearchRequest { Order = SearchOrder.New, Limit = 2 };
        var found = await import.AccessPoint().SearchAsync(request);

        Assert.Equal(["Brand new 47", "Brand new 46"], found.Tracks.Select(static track => track.Title));
        Assert.True(found.More);
        request.Order = (SearchOrder)9;
        await CallAssert.FailsAsync(
            StatusCode.InvalidArgument, () => import.AccessPoint().SearchAsync(request).ResponseAsync);
    }

    [Fact]
    public async Task GetCover_Large_ComesInPartsAndWhole()
    {
        var picture = RandomNumberGenerator.GetBytes((64 << 10) * 5);
        var request = TestTracks.Request(11, "Covered");
        request.Cover = new Cover { MediaType = "image/jpeg", Data = ByteString.CopyFrom(picture) };
        using var import = await backend.ConnectAsync("import");
        await import.Librarian().AddTrackAsync(request);
        var track = await import.AccessPoint().GetTrackAsync(new GetTrackRequest { Track = request.Track });

        var parts = await ReadCoverAsync(import, track.Cover);

        Assert.Equal(["image/jpeg", "", "", "", ""], parts.Select(part => part.MediaType));
        Assert.Equal(picture, parts.SelectMany(part => part.Data));
        await CallAssert.FailsAsync(StatusCode.NotFound, () => ReadCoverAsync(import, "none"));
    }

    [Fact]
    public async Task AddTrack_Faulty_SaysWhy()
    {
        using var import = await backend.ConnectAsync("import");
        var request = TestTracks.Request(12, "T");
        request.Track = TestTracks.TrackOf(13).ToString();

        var detail = await CallAssert.FailsAsync(
            StatusCode.InvalidArgument, () => import.Librarian().AddTrackAsync(request).ResponseAsync);

        Assert.Contains("another track", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindSource_Known_GivesTheTrack()
    {
        using var import = await backend.ConnectAsync("import");
        var request = TestTracks.Request(14, "T");
        var ask = new FindSourceRequest { SourceHash = request.SourceHash, Encoder = request.Encoder };

        Assert.Empty((await import.Librarian().FindSourceAsync(ask)).Track);
        await import.Librarian().AddTrackAsync(request);
        var found = await import.Librarian().FindSourceAsync(ask);
        Assert.Equal(request.Track, found.Track);
        Assert.Equal(request.Files.Count, found.Files.Distinct().Count());

        ask.SourceHash = ByteString.Empty;
        await CallAssert.FailsAsync(
            StatusCode.InvalidArgument, () => import.Librarian().FindSourceAsync(ask).ResponseAsync);
        await CallAssert.FailsAsync(
            StatusCode.InvalidArgument, () => import.Librarian().DeriveKeyAsync(new DeriveKeyRequest()).ResponseAsync);
    }

    [Fact]
    public async Task GetMasters_Import_GetsNodesAndCopies()
    {
        using var import = await backend.ConnectAsync("import");

        var masters = await import.Librarian().GetMastersAsync(new GetMastersRequest());

        Assert.Equal(2, masters.Copies);
        Assert.Equal([7201, 7202], masters.Nodes.Select(node => node.Port));
        Assert.Equal(BackendFixture.Peer(3), masters.Nodes[0].Id);
    }

    private static Task<OpenedTrack> Open(EndpointChannel channel, string track, int bits = 0) =>
        channel.AccessPoint().OpenTrackAsync(new OpenTrackRequest
        {
            Track = track, BitsPerSecond = bits, Reason = OpenReason.Wanted,
        }).ResponseAsync;

    private static async Task<List<CoverPart>> ReadCoverAsync(EndpointChannel channel, string cover)
    {
        var parts = new List<CoverPart>();
        using var stream = channel.AccessPoint().GetCover(new GetCoverRequest { Cover = cover });
        await foreach (var part in stream.ResponseStream.ReadAllAsync())
            parts.Add(part);

        return parts;
    }
}
