using Google.Protobuf;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Backend.Tests.Mending;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Tests.Catalogue;

/// <summary>Which sources an import is told to know by their stamps, without reading them.</summary>
public abstract class StampTests(TestStore store) : MendingFixture(store)
{
    private const string Location = "/m/A/1.flac";

    private static readonly ByteString Stamp = ByteString.CopyFromUtf8("as it was");
    private static readonly ByteString Later = ByteString.CopyFromUtf8("as it is");

    [Fact]
    public void ListSources_OfAnEncoder_GivesStampAndFilesOfWhatItMade()
    {
        var request = Stamped(Location, 1);
        var track = Put(request).Track.ToString();
        Put(TestTracks.At("/m/A/2.flac", 2, "T2"));

        var (one, two) = (Listed(Location), Listed("/m/A/2.flac"));

        Assert.Equal((Stamp, track), (one.Stamp, one.Shown));
        Assert.Equal(request.Files.Select(TestTracks.FileIdOf), one.Files.Select(static file => file.ToByteArray()));
        Assert.Equal((ByteString.Empty, "", 0), (two.Stamp, two.Shown, two.Files.Count));
        Assert.Empty(Listed(Location, "another encoder").Stamp);
        Assert.Empty(Listed(Location, "").Stamp);
    }

    [Fact]
    public void ListSources_InPages_GivesEachItsOwnFiles()
    {
        var requests = Enumerable.Range(1, 5).Select(static i => Stamped($"/m/A/{i}.flac", i)).ToArray();
        foreach (var request in requests)
            Put(request);

        var page = Sources.ListSources(
            new ListSourcesRequest { Prefix = "/m/", After = "/m/A/1.flac", Encoder = requests[0].Encoder }, 2);

        Assert.True(page.More);
        Assert.Equal(
            requests[1..3].Select(static request => TestTracks.FileIdOf(request.Files[0])),
            page.Sources.Select(static source => Assert.Single(source.Files).ToByteArray()));
    }

    [Fact]
    public void Add_WithoutAStamp_ForgetsTheFormerOne()
    {
        var request = Stamped(Location, 1);
        Put(request);
        request.Stamp = ByteString.Empty;
        Put(request);

        Assert.Empty(Listed(Location).Stamp);
    }

    [Fact]
    public void Find_AsItWas_KeepsTheStampThatItHasNow()
    {
        var request = Stamped(Location, 1);
        Put(request);

        Assert.False(FindWith(request, Later).Outdated);
        Assert.Equal(Later, Listed(Location).Stamp);
        FindWith(request, ByteString.Empty);
        Assert.Equal(Later, Listed(Location).Stamp);
    }

    [Fact]
    public void Find_ElsewhereOrWritten_LeavesTheStampAlone()
    {
        var request = Stamped(Location, 1);
        Put(request);

        var moved = new AddTrackRequest(request) { Location = "/m/B/1.flac" };
        var written = new AddTrackRequest(request) { SourceHash = TestTracks.At("/m/x", 7, "x").SourceHash };
        Assert.True(FindWith(moved, Later).Outdated);
        FindWith(written, Later);

        Assert.Equal(Stamp, Listed(Location).Stamp);
    }

    [Fact]
    public void ListSources_RemovedByHand_HasNoStampUntilThatIsUndone()
    {
        var track = Put(Stamped(Location, 1)).Track.ToString();

        Mender.Remove(track, Librarian);
        Assert.Empty(Listed(Location).Stamp);

        Undo();
        Assert.Equal(Stamp, Listed(Location).Stamp);
    }

    [Fact]
    public void ListSources_MadeOneByHand_IsShownByTheOther()
    {
        var track = Put(Stamped(Location, 1)).Track.ToString();
        var other = Put(Stamped("/m/A/2.flac", 2)).Track.ToString();

        Mender.Merge(other, track, Librarian);
        Assert.Equal((Stamp, other), (Listed(Location).Stamp, Listed(Location).Shown));

        Mender.Remove(other, Librarian);
        Assert.Empty(Listed(Location).Stamp);
    }

    [Fact]
    public void ListSources_FilesLetGo_HasNoStamp()
    {
        var track = Put(Stamped(Location, 1)).Track.ToString();
        Mender.Remove(track, Librarian);
        Discards.Sweep();
        Time.Advance(TimeSpan.FromDays(31));
        Assert.Equal(1, Discards.Sweep());

        Assert.Empty(Listed(Location).Stamp);
    }

    [Fact]
    public void Read_StampThatIsTooLong_IsRefused()
    {
        var request = Stamped(Location, 1);
        request.Stamp = ByteString.CopyFrom(new byte[NewTrackReader.MaxStampLength + 1]);

        Assert.Throws<NewTrackException>(() => NewTrackReader.Read(request));
    }

    private static AddTrackRequest Stamped(string location, int seed)
    {
        var request = TestTracks.At(location, seed, $"T{seed}", "Artist", "Album", seed);
        request.Stamp = Stamp;
        return request;
    }

    private FindSourceReply FindWith(AddTrackRequest source, ByteString stamp) => Sources.Find(new FindSourceRequest
    {
        SourceHash = source.SourceHash, Encoder = source.Encoder, Location = source.Location, Stamp = stamp,
    });

    private CataloguedSource Listed(string location, string? encoder = null) => Assert.Single(Sources.ListSources(
        new ListSourcesRequest { Prefix = location, Encoder = encoder ?? TestTracks.Request(0, "x").Encoder }, 10).Sources);
}

public sealed class SqliteStampTests() : StampTests(new SqliteStore());

public sealed class PostgresStampTests() : StampTests(new PostgresStore());
