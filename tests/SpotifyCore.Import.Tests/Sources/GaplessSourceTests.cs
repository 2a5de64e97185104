using System.Buffers.Binary;
using TextEncoding = System.Text.Encoding;

namespace SpotifyCore.Import.Tests.Sources;

/// <summary>Files that say what of their samples is the music: it has to come out with as many as went in.</summary>
public sealed class GaplessSourceTests(TestMusic music) : IClassFixture<TestMusic>
{
    // 132,845 samples: no whole number of frames of any codec, and no whole milliseconds.
    private const double Seconds = 3.01237;

    [Theory]
    [InlineData("aac.m4a", "-c:a", "aac", "-b:a", "256k")]
    [InlineData("aac in mov.mov", "-c:a", "aac", "-b:a", "256k")]
    [InlineData("fine movie scale.m4a", "-c:a", "aac", "-b:a", "256k", "-movie_timescale", "44100")]
    [InlineData("mp3.mp4", "-c:a", "libmp3lame", "-b:a", "256k")]
    [InlineData("opus.mp4", "-c:a", "libopus", "-b:a", "256k")]
    [InlineData("opus.webm", "-c:a", "libopus", "-b:a", "256k")]
    [InlineData("alac.m4a", "-c:a", "alac")]
    [InlineData("vorbis.ogg", "-c:a", "libvorbis", "-q:a", "8")]
    public async Task Decode_WrittenByFfmpeg_IsAsLongAsTheMusic(string name, params string[] options)
    {
        var sound = TestSound.Make(1, Seconds);
        var path = Path.Combine(music.Folder, name);
        TestMusic.Run("ffmpeg", ["-nostdin", "-v", "error", "-i", Wav(sound, name), .. options, path]);

        await AssertSameAsync(sound, name, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task Decode_VorbisCopiedIntoWebM_IsAsLongAsTheMusic()
    {
        var sound = TestSound.Make(2, Seconds);
        var (ogg, webm) = (Path.Combine(music.Folder, "copied.ogg"), Path.Combine(music.Folder, "copied.webm"));
        TestMusic.Run("oggenc", ["-Q", "-q", "8", "-o", ogg, Wav(sound, "copied")]);
        TestMusic.Run("ffmpeg", ["-v", "error", "-i", ogg, "-c", "copy", webm]);

        await AssertSameAsync(sound, "copied.webm", await File.ReadAllBytesAsync(webm));
    }

    [Fact]
    public async Task Decode_Musepack_IsAsLongAsTheMusic()
    {
        var sound = TestSound.Make(3, Seconds);
        var path = Path.Combine(music.Folder, "musepack.mpc");
        TestMusic.Run("mpcenc", ["--silent", "--quality", "9", Wav(sound, "musepack"), path]);

        await AssertSameAsync(sound, "musepack.mpc", await File.ReadAllBytesAsync(path));
    }

    [Theory]
    [InlineData("plain.mp3", "")]
    [InlineData("junk.mp3", "junk")]
    [InlineData("ape.mp3", "ape")]
    [InlineData("ape and id3.mp3", "ape id3")]
    [InlineData("id3 and ape.mp3", "id3 ape")]
    [InlineData("id3 and junk.mp3", "id3 junk")]
    [InlineData("two id3.mp3", "id3 id3")]
    public async Task Decode_Mp3WithLameNote_IsAsLongAsTheMusic(string name, string front)
    {
        var sound = TestSound.Make(4, Seconds);
        byte[] file = [];
        foreach (var kind in front.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            file = [.. file, .. kind switch { "ape" => Ape(), "id3" => Id3("TIT2", "\0Title"), _ => new byte[20_000] }];

        await AssertSameAsync(sound, name, [.. file, .. Lame(sound, name, "-V", "0")]);
    }

    [Theory]
    [InlineData("noted.mp3", false)]
    [InlineData("noted behind junk.mp3", true)]
    public async Task Decode_Mp3WithITunesNote_IsAsLongAsTheMusic(string name, bool hasJunk)
    {
        // LAME's delay of 576 samples, and 529 of any decoder.
        var sound = TestSound.Make(5, Seconds);
        var note = $" 00000000 {1_105:X8} {0:X8} {sound.Length:X16} 00000000 00000000 00000000 00000000";
        byte[] tag = Id3("COMM", $"\0engiTunSMPB\0{note}");

        await AssertSameAsync(
            sound, name, [.. tag, .. new byte[hasJunk ? 5_000 : 0], .. Lame(sound, name, "-t", "-b", "256")]);
    }

    [Fact]
    public async Task Decode_AacWithITunesNoteAlone_IsAsLongAsTheMusic()
    {
        var sound = TestSound.Make(6, Seconds);
        var path = Path.Combine(music.Folder, "itunes.m4a");
        string[] options = ["-c:a", "aac", "-b:a", "256k", "-use_editlist", "0", "-metadata", "title=T"];
        TestMusic.Run("ffmpeg", ["-v", "error", "-i", Wav(sound, "itunes"), .. options, path]);
        var note = $" 00000000 {1_024:X8} {300:X8} {sound.Length:X16} 00000000 00000000 00000000 00000000";

        await AssertSameAsync(sound, "itunes.m4a", AddItem(await File.ReadAllBytesAsync(path), "iTunSMPB", note));
    }

    private async Task AssertSameAsync(TestSound sound, string name, byte[] file)
    {
        var decoded = await DecodedSound.OfAsync(music.Write(name, file));

        var reference = DecodedSound.Reference(music, sound, name);
        Assert.Equal(reference.Length / 2, decoded.Length);
        Assert.InRange(decoded.CorrelationWith(reference), 0.995, 1);
        Assert.InRange(decoded.LevelOver(reference), -0.2, 0.2);
        Assert.Empty(decoded.Warnings);
    }

    private byte[] Lame(TestSound sound, string name, params string[] options)
    {
        var path = Path.Combine(music.Folder, $"{name}.lame");
        TestMusic.Run("lame", ["-S", .. options, Wav(sound, name), path]);
        return File.ReadAllBytes(path);
    }

    private string Wav(TestSound sound, string name) => music.Write($"{name}.wav", sound.ToWav()).Path;

    // A tag of one frame, version 2.3, and some room.
    private static byte[] Id3(string frame, string text)
    {
        var content = TextEncoding.Latin1.GetBytes(text);
        byte[] size = [0, 0, (byte)((content.Length + 110) >> 7), (byte)((content.Length + 110) & 0x7F)];
        byte[] frameSize = [0, 0, (byte)(content.Length >> 8), (byte)content.Length];
        return
        [
            .. "ID3\u0003\0\0"u8, .. size, .. TextEncoding.Latin1.GetBytes(frame), .. frameSize, 0, 0, .. content,
            .. new byte[100],
        ];
    }

    private static byte[] Ape()
    {
        byte[] item = [3, 0, 0, 0, 0, 0, 0, 0, .. "Title\0abc"u8];
        byte[] Header(byte flags) =>
        [
            .. "APETAGEX"u8, 0xD0, 7, 0, 0, (byte)(item.Length + 32), 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, flags,
            .. new byte[8],
        ];
        return [.. Header(0xA0), .. item, .. Header(0x80)];
    }

    // The movie is the last atom, and the list of items the last in it.
    private static byte[] AddItem(byte[] file, string name, string text)
    {
        byte[] Atom(string kind, byte[] content)
        {
            var size = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(size, content.Length + 8);
            return [.. size, .. TextEncoding.ASCII.GetBytes(kind), .. content];
        }

        byte[] item = Atom("----",
        [
            .. Atom("mean", [0, 0, 0, 0, .. "com.apple.iTunes"u8]),
            .. Atom("name", [0, 0, 0, 0, .. TextEncoding.ASCII.GetBytes(name)]),
            .. Atom("data", [0, 0, 0, 1, 0, 0, 0, 0, .. TextEncoding.ASCII.GetBytes(text)]),
        ]);
        byte[] longer = [.. file, .. item];
        foreach (var parent in (string[])["moov", "udta", "meta", "ilst"])
        {
            var size = longer.AsSpan(file.AsSpan().LastIndexOf(TextEncoding.ASCII.GetBytes(parent)) - 4);
            BinaryPrimitives.WriteInt32BigEndian(size, BinaryPrimitives.ReadInt32BigEndian(size) + item.Length);
        }

        return longer;
    }
}
