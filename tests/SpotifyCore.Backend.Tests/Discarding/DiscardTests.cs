using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Mending;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Backend.Tests.Mending;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Tests.Discarding;

/// <summary>Files of what nothing shows any more are let go after the grace time, and no others.</summary>
public abstract class DiscardTests(TestStore store) : MendingFixture(store)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void Sweep_SoundThatNothingShows_LetsItGoAfterTheGraceTime()
    {
        var request = TestTracks.At("/m/A/1.flac", 1, "T1", "Artist", "Album", 1);
        Put(request);
        Import("/m/A/2.flac", 2, "T2", "Album", 2);
        Updates.Remove(["/m/A/1.flac"]);

        Sweep(0);
        Sweep(29);
        Assert.Empty(Discards.List([], 10));
        Sweep(1);

        var file = TestTracks.FileIdOf(request.Files[0]);
        Assert.Equal([file], Discards.List([], 10));
        Assert.True(Discards.MayDiscard(file));
        Assert.Equal((1, 1), (Count("files"), Count("encodings")));
        Assert.Empty(Sources.Find(Ask(request)).Recording);
    }

    /// <summary>Shown by a sampler, removed there too; made one with another, whose source goes.</summary>
    [Fact]
    public void Sweep_SoundThatSomethingShows_KeepsIt()
    {
        var album = Import("/m/A/1.flac", 1, "T1", "Album", 1);
        var sampler = Import("/m/S/9.flac", 1, "T1", "Sampler", 9);
        var stays = Import("/m/A/3.flac", 3, "T3", "Album", 3);
        var merged = Import("/m/A/4.flac", 4, "T4", "Album", 4);
        Mender.Merge(stays, merged, Librarian);
        Mender.Remove(album, Librarian);

        Sweep(0);
        Sweep(40);
        Assert.Empty(Discards.List([], 10));

        Mender.Remove(sampler, Librarian);
        Sweep(0);
        Undo();
        Sweep(40);
        Assert.Empty(Discards.List([], 10));
        Assert.NotNull(Shown(sampler));
        Undo(2);
        Assert.NotNull(Reader.Open(TestTracks.TrackOf(1), 1));
    }

    [Fact]
    public void Undo_OfARemovalAfterTheGraceTime_SaysThatTheFilesAreDeleted()
    {
        var track = Import("/m/A/1.flac", 1, "T1", "Album", 1);
        Mender.Remove(track, Librarian);
        Sweep(0);
        Sweep(31);

        var refused = Assert.Throws<MendException>(() => Undo());
        Assert.Contains("--restore", refused.Message, StringComparison.Ordinal);
        Assert.Null(Shown(track));

        // The import says that it was removed, and brings it back when that is wanted, with new files.
        var request = Again();
        var found = Sources.Find(Ask(request));
        Assert.Equal((true, track, ""), (found.Removed, found.Track, found.Recording));
        Sources.Find(new FindSourceRequest(Ask(request)) { Recording = request.Track, Restore = true });
        Assert.False(Updates.Restore(NewTrackReader.Read(request), Librarian).IsRemoved);
        Assert.Equal("T1", Shown(track)!.Title);
        Assert.Empty(Discards.List([], 10));
        Assert.NotNull(Reader.Open(TestTracks.TrackOf(1), 1));
    }

    /// <summary>Whoever is told that the sound is known has the grace time to come back.</summary>
    [Fact]
    public void Find_SoundInItsGraceTime_BeginsThatAnew()
    {
        var request = TestTracks.At("/m/A/1.flac", 1, "T1", "Artist", "Album", 1);
        Put(request);
        Updates.Remove(["/m/A/1.flac"]);
        Sweep(0);
        Sweep(29);

        var found = Sources.Find(new FindSourceRequest(Ask(request)) { Recording = request.Track });
        Assert.Equal(request.Track, found.Recording);
        Sweep(29);
        Assert.Empty(Discards.List([], 10));

        request.Files.Clear();
        Put(request);
        Sweep(60);
        Assert.Empty(Discards.List([], 10));
    }

    /// <summary>A removed track's source is asked for by every import; that does not keep its files.</summary>
    [Fact]
    public void Find_SoundThatWasRemovedByHand_DoesNotKeepIt()
    {
        Mender.Remove(Import("/m/A/1.flac", 1, "T1", "Album", 1), Librarian);
        Sweep(0);
        Sweep(29);

        Assert.True(Sources.Find(Ask(Again())).Removed);
        Sweep(2);

        Assert.Single(Discards.List([], 10));
    }

    [Fact]
    public void Find_SoundWhoseFilesMayBeDeleted_KeepsThemForTheImportThatAsks()
    {
        var request = TestTracks.At("/m/A/1.flac", 1, "T1", "Artist", "Album", 1);
        Put(request);
        Updates.Remove(["/m/A/1.flac"]);
        Sweep(0);
        Sweep(31);
        var file = TestTracks.FileIdOf(request.Files[0]);

        // Who did not ask may have been told by a master that it holds what is deleted a moment later.
        Assert.Contains(
            "import it again", Assert.Throws<NewTrackException>(() => Put(request)).Message, StringComparison.Ordinal);
        Assert.True(Discards.MayDiscard(file));

        Sources.Find(new FindSourceRequest(Ask(request)) { Recording = request.Track });
        Assert.False(Discards.MayDiscard(file));
        Assert.Empty(Discards.List([], 10));

        // It never came back.
        Sweep(8);
        Assert.True(Discards.MayDiscard(file));

        Sources.Find(new FindSourceRequest(Ask(request)) { Recording = request.Track });
        Put(request);
        Sweep(60);
        Assert.False(Discards.MayDiscard(file));
        Assert.Equal((0, 1), (Count("discards"), Count("files")));
    }

    /// <summary>Who has begun to play goes on with the file that was there then.</summary>
    [Fact]
    public void Put_SoundThatWasEncodedAnew_LetsItsFormerFilesGoAfterAWhile()
    {
        var request = TestTracks.At("/m/A/1.flac", 1, "T1", "Artist", "Album", 1);
        Put(request);
        var former = TestTracks.FileIdOf(request.Files[0]);
        var anew = new AddTrackRequest(request) { Encoder = "libopus later" };
        anew.Files[0] = TestTracks.FileOf(7, 96_000, TestTracks.TrackOf(1));
        Put(anew);

        Sweep(0);
        Sweep(6);
        Assert.False(Discards.MayDiscard(former));
        Sweep(2);
        Assert.Equal([former], Discards.List([], 10));
        Assert.Equal(1, Count("files"));
    }

    /// <summary>What is measured of a sound may change; a file that is made again must not.</summary>
    [Fact]
    public void Find_SoundWithFiles_SaysHowLoudTheyWereSealed()
    {
        var request = TestTracks.At("/m/A/1.flac", 1, "T1", "Artist", "Album", 1);
        (request.Loudness, request.Peak) = (-9.7f, 0.933f);
        Put(request);

        var found = Sources.Find(Ask(request));

        Assert.Equal((-9.7f, 0.933f), (found.Loudness, found.Peak));
    }

    /// <summary>Looking through all sounds takes no turn among those who change the catalogue.</summary>
    [Fact]
    public void Sweep_NothingToNote_WaitsForNoImport()
    {
        Put(TestTracks.At("/m/A/1.flac", 1, "T1", "Artist", "Album", 1));
        Import("/m/A/2.flac", 2, "T2", "Album", 2);
        Updates.Remove(["/m/A/1.flac"]);
        Sweep(0);

        var sweeping = new Thread(() => Discards.Sweep()) { IsBackground = true };
        var isDone = Database.WriteCatalogue(_ =>
        {
            sweeping.Start();
            return sweeping.Join(TimeSpan.FromMinutes(1));
        });
        sweeping.Join();
        Assert.True(isDone);
    }

    /// <summary>More than are noted at once, and let go at once.</summary>
    [Fact]
    public void Sweep_ManySoundsThatNothingShows_LetsAllOfThemGo()
    {
        const int Many = 520;
        string[] locations = [.. Enumerable.Range(1, Many).Select(static number => $"/m/A/{number}.flac")];
        for (var number = 1; number <= Many; number++)
            Put(TestTracks.At(locations[number - 1], number, $"T{number}", "Artist", "Album", number));

        Updates.Remove(locations);
        Sweep(0);
        Sweep(31);

        Assert.Equal(Many, Discards.List([], 2 * Many).Count);
        Assert.Equal(0, Count("files"));
    }

    private static AddTrackRequest Again()
    {
        var request = TestTracks.At("/m/A/1.flac", 1, "T1", "Artist", "Album", 1);
        request.Tags.AlbumArtists.Add("Artist");
        return request;
    }

    private static FindSourceRequest Ask(AddTrackRequest request) => new()
    {
        SourceHash = request.SourceHash, Encoder = request.Encoder, Location = request.Location,
    };

    private void Sweep(int daysLater)
    {
        Time.Advance(daysLater * Day);
        Discards.Sweep();
    }
}

public sealed class SqliteDiscardTests() : DiscardTests(new SqliteStore());

public sealed class PostgresDiscardTests() : DiscardTests(new PostgresStore());
