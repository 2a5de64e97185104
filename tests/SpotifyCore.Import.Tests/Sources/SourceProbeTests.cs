using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Tests.Sources;

public sealed class SourceProbeTests(TestMusic music) : IClassFixture<TestMusic>, IDisposable
{
    private readonly Scratch _scratch = new();

    private static readonly string[] Tags =
    [
        "-metadata", "title=Ö, en låt", "-metadata", "artist=Förste;第二", "-metadata", "album=A lbum",
        "-metadata", "album_artist=Alla", "-metadata", "track=3/12", "-metadata", "disc=2",
        "-metadata", "date=2011-05-01", "-metadata", "genre=Vis-pop",
    ];

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("tagged.flac")]
    [InlineData("tagged.mp3")]
    [InlineData("tagged.ogg")]
    [InlineData("tagged.opus")]
    [InlineData("tagged.m4a")]
    [InlineData("tagged.wma")]
    [InlineData("tagged.mka")]
    public async Task Read_TaggedSource_GivesItsTags(string name)
    {
        var facts = await SourceProbe.ReadAsync(music.Make(name, 1, Tags), default);

        Assert.Equal("Ö, en låt", facts.Tags.Title);
        Assert.Equal(["Förste;第二"], facts.Tags.Artists);
        Assert.Equal("A lbum", facts.Tags.Album);
        Assert.Equal(["Alla"], facts.Tags.AlbumArtists);
        Assert.Equal((3, 2, 2011), (facts.Tags.Number, facts.Tags.Disc, facts.Tags.Year));
        Assert.Equal(["Vis-pop"], facts.Tags.Genres);
        Assert.Equal(2, facts.Sound.Channels);
        Assert.InRange(facts.Sound.Declared!.Value.TotalSeconds, 0.95, 1.1);
    }

    [Theory]
    [InlineData("hostile.flac")]
    [InlineData("hostile.mp3")]
    [InlineData("hostile.ogg")]
    public async Task Read_TagsThatCommandATerminal_GivesThemAsPlainText(string name)
    {
        string[] tags =
        [
            "-metadata", "title=\u001b]0;owned\a\u202eeltit\u202c \u200bcool\u200b",
            "-metadata", "artist=\u001b[2JFirst\u009b31m;\u2066Second\u2069",
            "-metadata", "album=Al\bbum\nof two lines", "-metadata", "genre=\u200f\u001b",
        ];
        var facts = await SourceProbe.ReadAsync(music.Make(name, 1, tags), default);

        Assert.Equal("]0;ownedeltit cool", facts.Tags.Title);
        Assert.Equal(["[2JFirst31m;Second"], facts.Tags.Artists);
        Assert.Equal("Album of two lines", facts.Tags.Album);
        Assert.Empty(facts.Tags.Genres);
    }

    [Fact]
    public async Task Read_LengthThatIsAGuess_IsNoDeclarationButLikely()
    {
        var facts = await SourceProbe.ReadAsync(music.Make("guessed.mp3", 8, "-b:a", "128k", "-write_xing", "0"), default);

        Assert.Null(facts.Sound.Declared);
        Assert.InRange(facts.Sound.Likely!.Value.TotalSeconds, 7, 9);
    }

    [Fact]
    public async Task Read_NoTags_TakesTheTitleFromTheFileName()
    {
        var facts = await SourceProbe.ReadAsync(music.Make("Namn med blanksteg и буквы.wav", 1, "-ac", "1"), default);

        Assert.Equal("Namn med blanksteg и буквы", facts.Tags.Title);
        Assert.Empty(facts.Tags.Artists);
        Assert.Equal(1, facts.Sound.Channels);
    }

    [Fact]
    public async Task Read_TitleOfAStream_IsNoneOfTheSong()
    {
        string[] stream = ["-c:a", "flac", "-metadata:s:a:0", "title=Stereo 2.0"];
        var both = music.Make("both.mka", 1, [.. stream, "-metadata", "title=Real Song", "-metadata", "artist=Mat"]);
        var one = music.Make("2 No Title.mka", 1, stream);

        var facts = await SourceProbe.ReadAsync(both, default);

        Assert.Equal(("Real Song", "Mat"), (facts.Tags.Title, facts.Tags.Artists[0]));
        Assert.Equal("2 No Title", (await SourceProbe.ReadAsync(one, default)).Tags.Title);
    }

    [Fact]
    public async Task Read_NameOfADecomposedFile_IsComposed()
    {
        var facts = await SourceProbe.ReadAsync(music.Make("Zoe\u0308.wav", 1), default);
        Assert.Equal("Zoë", facts.Tags.Title);
    }

    [Fact]
    public async Task Read_CoverThatIsTooLargeForTheCatalogue_IsMadeSmaller()
    {
        var cover = Path.Combine(music.Folder, "huge.bmp");
        MakePicture(cover, "2600x1300");
        Assert.True(new FileInfo(cover).Length > CoverReader.MaxBytes);
        var source = music.Make(
            "huge.mp3", 1, "-i", cover, "-map", "0:a", "-map", "1:v", "-c:v", "copy", "-disposition:v", "attached_pic");

        var read = await CoverReader.ReadAsync(source, await SourceProbe.ReadAsync(source, default), _scratch, default);

        Assert.Equal("image/jpeg", read!.MediaType);
        var path = Path.Combine(music.Folder, "smaller.jpg");
        await File.WriteAllBytesAsync(path, read.Data.ToByteArray());
        string[] asked = ["-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0", path];
        var size = TestMusic.Run("ffprobe", asked);
        Assert.Equal("2000,1000", System.Text.Encoding.ASCII.GetString(size).Trim());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch.Path));
    }

    [Fact]
    public async Task Read_NoSound_SaysWhatIsWrong()
    {
        var picture = music.Make(
            "picture.png.mp3", 1, "-filter_complex", "color=c=red:s=16x16:d=0.04[v]", "-map", "[v]", "-f", "apng");
        var text = music.Write("text.mp3", "Only words, no sound."u8.ToArray());
        var empty = music.Write("empty.flac", []);

        await Assert.ThrowsAsync<SourceException>(() => SourceProbe.ReadAsync(picture, default));
        var wrong = await Assert.ThrowsAsync<SourceException>(() => SourceProbe.ReadAsync(text, default));
        Assert.StartsWith("it is no sound file", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(text.Path, wrong.Message, StringComparison.Ordinal);
        wrong = await Assert.ThrowsAsync<SourceException>(() => SourceProbe.ReadAsync(empty, default));
        Assert.Equal("it is empty", wrong.Message);
    }

    [Theory]
    [InlineData("covered.flac", "image/png", ".png")]
    [InlineData("covered.mp3", "image/jpeg", ".jpg")]
    [InlineData("covered.mka", "image/jpeg", ".jpg")]
    public async Task Read_EmbeddedCover_ComesOutByteForByte(string name, string mediaType, string extension)
    {
        var cover = Path.Combine(music.Folder, $"cover{extension}");
        MakePicture(cover, "64x64");
        string[] options = name.EndsWith(".mka", StringComparison.Ordinal)
            ? ["-attach", cover, "-metadata:s:t:0", $"mimetype={mediaType}"]
            : ["-i", cover, "-map", "0:a", "-map", "1:v", "-c:v", "copy", "-disposition:v", "attached_pic"];
        var source = music.Make(name, 1, options);

        var facts = await SourceProbe.ReadAsync(source, default);
        var read = await CoverReader.ReadAsync(source, facts, _scratch, default);

        Assert.Equal(mediaType, read!.MediaType);
        Assert.Equal(await File.ReadAllBytesAsync(cover), read.Data.ToByteArray());
    }

    [Fact]
    public async Task Read_PictureInOggComment_IsACover()
    {
        var png = Path.Combine(music.Folder, "ogg.png");
        var ogg = Path.Combine(music.Folder, "covered.opus");
        var wav = music.Make("for-ogg.wav", 1);
        MakePicture(png, "32x32");
        TestMusic.Run("opusenc", ["--quiet", "--picture", png, wav.Path, ogg]);
        var source = new SourceFile(ogg, "covered.opus", new FileInfo(ogg).Length);

        var facts = await SourceProbe.ReadAsync(source, default);
        var read = await CoverReader.ReadAsync(source, facts, _scratch, default);

        Assert.Equal("image/png", read!.MediaType);
        Assert.Equal(await File.ReadAllBytesAsync(png), read.Data.ToByteArray());
    }

    private static void MakePicture(string path, string size) => TestMusic.Run(
        "ffmpeg",
        [
            "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", $"testsrc=s={size}:d=0.04",
            "-frames:v", "1", "-update", "1", path,
        ]);
}
