using System.Security.Cryptography;
using SpotifyCore.Import.Sources;
using TextEncoding = System.Text.Encoding;

namespace SpotifyCore.Import.Tests.Sources;

/// <summary>What a source is known by, whatever its tags.</summary>
public sealed class SourceHashTests(TestMusic music) : IClassFixture<TestMusic>
{
    [Theory]
    [InlineData("tagged.flac", "-c:a", "flac")]
    [InlineData("tagged.mp3", "-c:a", "libmp3lame", "-id3v2_version", "3")]
    [InlineData("tagged4.mp3", "-c:a", "libmp3lame", "-write_id3v1", "1")]
    public async Task Essence_OtherTags_IsTheSame(string name, params string[] options)
    {
        var one = await ReadAsync(music.Make($"one {name}", 2, [.. options, "-metadata", "title=One"]));
        var other = await ReadAsync(music.Make(
            $"other {name}", 2, [.. options, "-metadata", "title=Another, longer", "-metadata", "artist=Somebody"]));
        var shorter = await ReadAsync(music.Make($"shorter {name}", 1.9, [.. options, "-metadata", "title=One"]));

        Assert.NotNull(one.Essence);
        Assert.Equal(one.Essence, other.Essence);
        Assert.NotEqual(one.All, other.All);
        Assert.NotEqual(one.Essence, shorter.Essence);
    }

    [Fact]
    public async Task Essence_TagsPutAround_IsTheSame()
    {
        foreach (var name in new[] { "around.flac", "around.mp3" })
        {
            var bytes = await File.ReadAllBytesAsync(music.Make(name, 1).Path);
            var expected = (await ReadAsync(music.Write($"bare {name}", bytes))).Essence;
            byte[] front = [.. "ID3\u0003\0\0\0\0\0\u0010TIT2\0\0\0\u0004\0\0\0abc\0\0"u8];
            byte[] end = [.. "TAG"u8, .. new byte[125]];

            Assert.Equal(expected, (await ReadAsync(music.Write($"front {name}", [.. front, .. bytes]))).Essence);
            Assert.Equal(expected, (await ReadAsync(music.Write($"end {name}", [.. bytes, .. end]))).Essence);
            Assert.NotNull(expected);
        }
    }

    /// <summary>Such a tag changes what is decoded: its channels, or where the music begins.</summary>
    [Theory]
    [InlineData("mask.flac", "WAVEFORMATEXTENSIBLE_CHANNEL_MASK=0x3")]
    [InlineData("note.mp3", "iTunSMPB= 00000000 00000210 00000726 0000000000AC4A")]
    public async Task Essence_TagThatMattersToTheSound_IsNotTold(string name, string tag) =>
        Assert.Null((await ReadAsync(music.Make(name, 1, "-metadata", tag))).Essence);

    [Theory]
    [InlineData("iTunSMPB", true)]
    [InlineData("Subtitle", false)]
    public async Task Essence_TagBehindTheSoundThatMattersToIt_IsNotTold(string name, bool matters)
    {
        var bytes = await File.ReadAllBytesAsync(music.Make("tag behind.mp3", 1).Path);

        // An APE tag of one item.
        byte[] item = [9, 0, 0, 0, 0, 0, 0, 0, .. TextEncoding.ASCII.GetBytes(name), 0, .. " 00000210"u8];
        byte[] footer =
            [.. "APETAGEX"u8, 0xD0, 7, 0, 0, (byte)(item.Length + 32), 0, 0, 0, 1, 0, 0, 0, .. new byte[12]];
        var hash = await ReadAsync(music.Write($"{name} behind.mp3", [.. bytes, .. item, .. footer]));

        Assert.Equal(matters, hash.Essence is null);
    }

    [Theory]
    [InlineData("other.wav")]
    [InlineData("other.ogg")]
    [InlineData("other.m4a")]
    public async Task Essence_OfOtherFormats_IsNotTold(string name) =>
        Assert.Null((await ReadAsync(music.Make(name, 1))).Essence);

    [Fact]
    public async Task Read_OddBytes_NeverFails()
    {
        byte[][] odd =
        [
            [], [0xFF], [0xFF, 0xFB], [.. "fLaC"u8], [.. "fLaC\0\0"u8], [.. "fLaC"u8, 0x84, 0xFF, 0xFF, 0xFF],
            [.. "fLaC"u8, 0, 0xFF, 0xFF, 0xFF, 1, 2, 3], [.. "ID3"u8, 3, 0, 0, 0x7F, 0x7F, 0x7F, 0x7F],
            [.. Enumerable.Repeat((byte)'T', 300)],
        ];
        foreach (var bytes in odd)
        {
            var hash = await ReadAsync(music.Write("odd.bin", bytes));
            Assert.Equal(SHA256.HashData(bytes), hash.All);
        }
    }

    private static async Task<SourceHash> ReadAsync(SourceFile source) =>
        await (await SourceHash.ReadAsync(source, TimeProvider.System, default)).WithEssenceAsync(source, default);
}
