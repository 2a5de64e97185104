using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Backend.Tests.Services;

/// <summary>Adverts over the wire, to honest clients and to others.</summary>
public sealed class AdvertCallTests : IClassFixture<BackendFixture>
{
    private const int Seed = 1_500;
    private const int Advert = Seed + 99;

    // Tracks of tests have 10 s, and so has the advert: a quarter of an hour three times over.
    private const int MostOpened = 270;

    private static readonly TimeSpan AdvertLength = TimeSpan.FromSeconds(10);

    private readonly BackendFixture _backend;

    public AdvertCallTests(BackendFixture backend)
    {
        _backend = backend;
        foreach (var name in new[] { "ann", "bob", "cid", "dot" })
            backend.Plans.End(name);
    }

    [Fact]
    public async Task OpenTrack_OnceAnAdvertIsDue_HasItsKeyAndNotTheTracks()
    {
        using var ann = await _backend.ConnectAsync("ann", peer: 500);
        using var second = await _backend.ConnectAsync("ann", peer: 501);
        var first = await UntilDueAsync(ann);

        Assert.Equal((ByteString.Empty, ByteString.Empty, ByteString.Empty), (first.File, first.Manifest, first.ContentKey));
        Assert.Equal((0L, false), (first.KeyUntilUnixMs, first.AskEachTime));
        var due = first.Advert;
        Assert.Equal(("Soap", "Clean", 10_000, 9_000L), (due.Title, due.Campaign, due.DurationMs, due.WaitMs));
        Assert.Equal(TestTracks.TrackOf(Advert).ToString(), due.Recording);
        Assert.Equal(TestTracks.FileIdOf(TestTracks.FileOf(Advert, 160_000, TestTracks.TrackOf(Advert))), due.File.ToByteArray());
        Assert.Equal((ImpressionId.Size, 16), (due.Impression.Length, due.ContentKey.Length));
        Assert.NotEmpty(first.Nodes);

        // Nor has another session of the account, a login anew, or another quality.
        Assert.Equal(due.Impression, (await OpenAsync(second, 1)).Advert.Impression);
        using var third = await _backend.ConnectAsync("ann", peer: 502);
        Assert.Equal(due.Impression, (await OpenAsync(third, 2)).Advert.Impression);
        Assert.Equal(due.Impression, (await OpenAsync(third, 2, bits: 96_000)).Advert.Impression);

        // Told by one device, it is over for all.
        Assert.Empty((await OpenAsync(second, 1, due)).ContentKey);
        _backend.Time.Advance(AdvertLength);
        Assert.Empty((await OpenAsync(third, 1)).ContentKey);
        Assert.NotEmpty((await OpenAsync(second, 1, due)).ContentKey);
        Assert.NotEmpty((await OpenAsync(ann, 2)).ContentKey);
    }

    [Fact]
    public async Task OpenTrack_WithAnImpressionThatIsNoneOfTheAccounts_HasNoKey()
    {
        using var bob = await _backend.ConnectAsync("bob", peer: 510);
        using var cid = await _backend.ConnectAsync("cid", peer: 511);
        var (bobs, cids) = (await UntilDueAsync(bob), await UntilDueAsync(cid));
        _backend.Time.Advance(AdvertLength);

        Assert.Empty((await OpenAsync(bob, 1, cids.Advert)).ContentKey);
        Assert.Empty((await OpenAsync(bob, 1, new DueAdvert { Impression = ByteString.CopyFrom(new byte[16]) })).ContentKey);
        await CallAssert.FailsAsync(
            StatusCode.InvalidArgument, () => OpenAsync(bob, 1, new DueAdvert { Impression = ByteString.CopyFrom(1) }));
        Assert.NotEmpty((await OpenAsync(cid, 1, cids.Advert)).ContentKey);
        Assert.NotEmpty((await OpenAsync(bob, 1, bobs.Advert)).ContentKey);
    }

    [Fact]
    public async Task OpenTrack_OfWhoPays_HasNoAdverts()
    {
        await ImportAsync();
        using var dot = await _backend.ConnectAsync("dot", peer: 520);
        var free = await OpenAsync(dot, 0);
        Assert.Equal(
            (true, (_backend.Time.GetUtcNow() + TimeSpan.FromMinutes(15)).ToUnixTimeMilliseconds()),
            (free.AskEachTime, free.KeyUntilUnixMs));
        Assert.NotNull((await UntilDueAsync(dot)).Advert);

        foreach (var plan in new[] { Plan.Unlimited, Plan.Premium })
        {
            _backend.Plans.Give("dot", plan, ends: null);
            for (var i = 0; i < MostOpened + 10; i += 10)
            {
                var opened = await OpenAsync(dot, i % 50);
                Assert.Equal((true, false, 0L), (opened.Advert is null, opened.AskEachTime, opened.KeyUntilUnixMs));
            }
        }
    }

    [Fact]
    public async Task Advert_IsNoTrack()
    {
        await ImportAsync();
        using var ann = await _backend.ConnectAsync("ann", peer: 530);
        var id = TestTracks.TrackOf(Advert).ToString();

        await CallAssert.FailsAsync(
            StatusCode.NotFound, () => ann.AccessPoint().OpenTrackAsync(new OpenTrackRequest { Track = id }).ResponseAsync);
        await CallAssert.FailsAsync(
            StatusCode.NotFound, () => ann.AccessPoint().GetTrackAsync(new GetTrackRequest { Track = id }).ResponseAsync);
        Assert.Empty((await ann.AccessPoint().SearchAsync(new SearchRequest { Query = "Soap" })).Tracks);
        await CallAssert.FailsAsync(StatusCode.PermissionDenied, () => ImportAsync(ann));
    }

    [Fact]
    public async Task AddTrack_AdvertThatCantBe_IsRefusedWithASentence()
    {
        using var import = await _backend.ConnectAsync("import", peer: 540);
        var request = TestTracks.Request(Advert + 1, "Soap");
        request.Advert = new AdvertTerms { Campaign = "Clean", Countries = { "XX" } };

        Assert.Contains("two letters", await CallAssert.FailsAsync(
            StatusCode.InvalidArgument, () => import.Librarian().AddTrackAsync(request).ResponseAsync));
    }

    private static async Task<OpenedTrack> OpenAsync(
        EndpointChannel channel, int track, DueAdvert? heard = null, int bits = 0) =>
        await channel.AccessPoint().OpenTrackAsync(new OpenTrackRequest
        {
            Track = TestTracks.TrackOf(Seed + track).ToString(),
            BitsPerSecond = bits,
            Reason = OpenReason.Wanted,
            Advert = heard is null ? null : new AdvertEnd { Impression = heard.Impression },
        });

    private async Task<OpenedTrack> UntilDueAsync(EndpointChannel channel)
    {
        await ImportAsync();
        for (var i = 0; i <= MostOpened; i++)
        {
            var opened = await OpenAsync(channel, i % 50);
            if (opened.Advert is not null)
                return opened;
        }

        throw new InvalidOperationException("No advert is due.");
    }

    private async Task ImportAsync()
    {
        using var import = await _backend.ConnectAsync("import", peer: 599);
        await ImportAsync(import);
    }

    private static async Task ImportAsync(EndpointChannel import)
    {
        var request = TestTracks.Request(Advert, "Soap");
        request.Advert = new AdvertTerms { Campaign = "Clean" };
        await import.Librarian().AddTrackAsync(request);
        for (var i = 0; i < 50; i++)
            await import.Librarian().AddTrackAsync(TestTracks.Request(Seed + i, $"Title {i}"));
    }
}
