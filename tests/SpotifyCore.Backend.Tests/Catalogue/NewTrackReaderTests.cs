
using Google.Protobuf;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Tests.Catalogue;

public sealed class NewTrackReaderTests
{
    public static TheoryData<string, Action<AddTrackRequest>> Faults => new()
    {
        { "track id", request => request.Track = "short" },
        { "another track", request => request.Track = TestTracks.TrackOf(2).ToString() },
        { "source hash", request => request.SourceHash = ByteString.CopyFrom(new byte[31]) },
        { "encoder", request => request.Encoder = "" },
        { "title", request => (request.Tags.Title, request.SourceName) = (" ", "") },
        { "tag is too long", request => request.Tags.Genre = new string('x', 2_000) },
        { "too many artists", request => request.Tags.Artists.AddRange(Enumerable.Repeat("x", 100)) },
        { "negative", request => request.Tags.Number = -1 },
        { "at most 8 files", request => request.Files.AddRange(Enumerable.Repeat(request.Files[0], 8)) },
        { "location", request => request.Location = new string('x', 5_000) },
        { "location", request => request.MovedFrom = new string('x', 5_000) },
        { "essence", request => request.Essence = ByteString.CopyFrom(1, 2, 3) },
        { "same bitrate", request => request.Files.Add(request.Files[0]) },
        { "malformed", request => request.Files[0].Manifest = Cut(request.Files[0].Manifest) },
        { "malformed", request => request.Files[0].Manifest = ByteString.Empty },
        { "plaintext hash", request => request.Files[0].PlaintextHash = ByteString.Empty },
        { "same length", request => request.Files[0] = FileOf(samples: 470_000) },
        { "no samples", request => request.Files[0] = FileOf(samples: 0) },
        { "loudness", request => request.Loudness = float.NaN },
        { "peak", request => request.Peak = -1 },
        { "media type", request => request.Cover = CoverOf("text/html", length: 1) },
        { "cover is over", request => request.Cover = CoverOf("image/png", length: (8 << 20) + 1) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Read_OneFault_NamesIt(string expected, Action<AddTrackRequest> spoil)
    {
        var request = TestTracks.Request(1, "Title", "Artist", "Album");
        spoil(request);

        var thrown = Assert.Throws<NewTrackException>(() => NewTrackReader.Read(request));

        Assert.Contains(expected, thrown.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Read_NoTags_TakesTheTitleFromTheSource()
    {
        var request = TestTracks.Request(1, "My song");
        request.Tags = null;

        Assert.Equal("My song", NewTrackReader.Read(request).Tags.Title);
    }

    [Fact]
    public void Read_TextsThatCommandATerminal_AreStoredPlain()
    {
        var request = TestTracks.Request(1, "\u001b[31mTi\u202etle\a", "Ar\u200btist\u009b", "Al\nbum");
        request.Tags.Genre = "\u0007";
        request.Tags.AlbumArtists.Add("\u2066All");
        var track = NewTrackReader.Read(request);

        Assert.Equal(("[31mTitle", "Al bum", ""), (track.Tags.Title, track.Tags.AlbumTitle, track.Tags.Genre));
        Assert.Equal(["Artist", "All"], track.Tags.Artists.Concat(track.Tags.AlbumArtists));
        Assert.Equal("[31mTitle.flac", track.Source.Name);
    }

    [Fact]
    public void Read_NamesWithMarksApart_AreComposed()
    {
        var request = TestTracks.Request(1, "E\u0301clair", "Zoe\u0308", "E\u0301te\u0301");

        var tags = NewTrackReader.Read(request).Tags;

        Assert.Equal(
            ("\u00c9clair", "Zo\u00eb", "\u00c9t\u00e9"), (tags.Title, Assert.Single(tags.Artists), tags.AlbumTitle));
    }

    /// <summary>A disc that only the folder tells of.</summary>
    [Theory]
    [InlineData("/m/Box/CD2/1.flac", 0, 2)]
    [InlineData("/m/Box (Disc 03)/1.flac", 0, 3)]
    [InlineData("/m/Box/CD2/1.flac", 1, 1)]
    [InlineData("/m/CD2/Box/1.flac", 0, 0)]
    public void Read_Disc_IsThatOfTheTagElseOfTheFolder(string location, int tagged, int expected)
    {
        var request = TestTracks.At(location, 1, "Title", "Artist", "Box");
        request.Tags.Disc = tagged;

        Assert.Equal(expected, NewTrackReader.Read(request).Tags.Disc);
    }

    private static ByteString Cut(ByteString bytes) => ByteString.CopyFrom(bytes.Span[..^1]);

    private static ImportedFile FileOf(long samples) => TestTracks.FileOf(1, 96_000, TestTracks.TrackOf(1), samples);

    private static Cover CoverOf(string mediaType, int length) =>
        new() { MediaType = mediaType, Data = ByteString.CopyFrom(new byte[length]) };
}
