using System.Buffers.Binary;
using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Content.Text;
using SpotifyCore.Import.Tags;
using SpotifyCore.Import.Tags.Fields;
using SpotifyCore.Import.Tags.Reading;
using SpotifyCore.Import.Tags.Vorbis;

namespace SpotifyCore.Import.Tests.Tags;

/// <summary>Whatever is in a file, reading its tags returns, and takes no more than is stated.</summary>
public sealed class TagDamageTests(TagSamples samples) : IClassFixture<TagSamples>
{
    private const int MaxAllocated = 16 << 20;
    private const int Edge = 1_024;
    private const int Seeds = 6_000;

    private static readonly uint[] Sizes =
        [0, 1, 0x7F, 0x80, 0x7F7F7F7F, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFF];

    // What composes text reads its tables at the first use.
    static TagDamageTests() => ComposedText.Of("e\u0301");

    [Fact]
    public void Read_DamagedTags_ReturnsWithinLimits()
    {
        var files = samples.All.Select(sample => File.ReadAllBytes(samples.PathOf(sample.Name))).ToList();
        var damaged =
            from file in Gen.Elements<byte[]>([.. files])
            from seed in Gen.Choose(0, int.MaxValue - 1)
            select Damage(file, new Random(seed));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Seeds), Prop.ForAll(Arb.From(damaged), ReadsWithinLimits));
    }

    [Fact]
    public void Read_AnyBytesBehindAMark_ReturnsWithinLimits()
    {
        string[] marks =
        [
            "ID3\u0002\0\0\0\0\u007f\u007f", "ID3\u0003\0\0\0\0\u007f\u007f", "ID3\u0004\0\0\0\0\u007f\u007f",
            "APETAGEX", "fLaC\u0004\0\0\u0040", "OggS\0\u0002", "\0\0\0\u0010ftypM4A ", "\0\0\0\u0008wide",
            "RIFF____WAVE", "RF64____WAVE", "FORM____AIFF", "FRM8________DSD ", "DSD ",
        ];
        var bytes =
            from mark in Gen.Elements(marks)
            from rest in Gen.Choose(0, 255).Select(static value => (byte)value).ArrayOf()
            select (byte[])[.. mark.Select(static letter => (byte)letter), .. rest];
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Seeds), Prop.ForAll(Arb.From(bytes), ReadsWithinLimits));
    }

    [Theory]
    [InlineData("id3/24.mp3", "APIC", 4, false)]
    [InlineData("id3/23.mp3", "TIT2", 4, false)]
    [InlineData("vorbis/twice.flac", "ALBUM ARTIST=", -4, true)]
    [InlineData("ape/no-header.wv", "Title", -8, true)]
    [InlineData("mp4/mdat-first.m4a", "covr", -4, false)]
    [InlineData("riff/info.wav", "INAM", 4, true)]
    public void Read_SizeBeyondTheFile_TakesNoMemoryForIt(string name, string beside, int offset, bool isLittleEndian)
    {
        var file = File.ReadAllBytes(samples.PathOf(name));
        var at = file.AsSpan().IndexOf(beside.Select(static letter => (byte)letter).ToArray()) + offset;
        if (isLittleEndian)
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), 0x7F7F7F7F);
        else
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at), 0x7F7F7F7F);

        Assert.InRange(AllocatedBy(file), 0, 2 << 20);
    }

    [Fact]
    public void Read_PictureThatInflatesBeyondTheLimit_IsLeftOut()
    {
        byte[] start = [0, .. "image/png\0"u8, 3, 0];
        var frame = Frame("APIC", Deflate([.. start, .. new byte[TagLimits.MaxPicture + 1]]));
        var title = Frame("TIT2", Deflate([3, (byte)'x']));

        byte[] frames = [.. frame, .. frame, .. frame, .. frame, .. frame, .. title];
        var fields = TagReader.Read(new MemoryStream(Tag(frames)));

        Assert.Null(fields.Picture);
        Assert.Equal(["x"], fields[TagField.Title]);
    }

    [Fact]
    public void Read_LargestPicture_ComesOut()
    {
        var picture = new byte[TagLimits.MaxPicture];
        picture[0] = 0x89;
        "PNG"u8.CopyTo(picture.AsSpan(1));
        byte[] start = [0, .. "image/png\0"u8, 3, 0];

        var fields = TagReader.Read(new MemoryStream(Tag(Frame("APIC", Deflate([.. start, .. picture])))));

        Assert.Equal(picture, fields.Picture?.Data);
    }

    [Fact]
    public void Read_LargestPictureInAComment_ComesOut()
    {
        var picture = new byte[TagLimits.MaxPicture];
        "GIF89a"u8.CopyTo(picture);
        byte[] block = [0, 0, 0, 3, .. new byte[24], .. BigEndian(picture.Length), .. picture];
        var pair = System.Text.Encoding.ASCII.GetBytes($"METADATA_BLOCK_PICTURE={Convert.ToBase64String(block)}");
        var length = BitConverter.GetBytes(pair.Length);

        byte[] comment = [0, 0, 0, 0, 1, 0, 0, 0, .. length, .. pair];
        var fields = VorbisComment.Read(new TagCursor(new MemoryStream(comment), comment.Length));

        Assert.Equal(picture, fields.Picture?.Data);
    }

    [Fact]
    public void Read_MoreTextsThanTheLimit_KeepsTheFirst()
    {
        var frames = Enumerable.Range(0, 3_000)
            .Select(static i => System.Text.Encoding.ASCII.GetBytes($"\u0003ARTIST\0{i}"))
            .SelectMany(static content => Frame("TXXX", Deflate(content)))
            .ToArray();
        Assert.Equal(TagLimits.MaxValues, TagReader.Read(new MemoryStream(Tag(frames)))[TagField.Artist].Count);
    }

    private static void ReadsWithinLimits(byte[] file)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fields = TagReader.Read(new MemoryStream(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocated);
        var tags = TagInterpreter.Read(fields);
        Assert.True(tags.Title.Length <= TagLimits.MaxCharacters && tags.Artists.Count <= TagLimits.MaxValues);
        Assert.True(tags.Number >= 0 && tags.Disc >= 0 && tags.Year is >= 0 and < 3_000);
    }

    private static long AllocatedBy(byte[] file)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        TagReader.Read(new MemoryStream(file));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    // Most tags lie at an edge of the file, so that is where most damage is done.
    private static byte[] Damage(byte[] file, Random random)
    {
        var damaged = file.ToList();
        for (var count = random.Next(1, 6); count > 0 && damaged.Count > 8; count--)
        {
            var at = random.Next(3) switch
            {
                0 => random.Next(Math.Min(Edge, damaged.Count)),
                1 => damaged.Count - 1 - random.Next(Math.Min(Edge, damaged.Count)),
                _ => random.Next(damaged.Count),
            };
            var length = random.Next(1, Math.Min(64, damaged.Count - at) + 1);
            switch (random.Next(6))
            {
                case 0:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    Overwrite(damaged, at, Sizes[random.Next(Sizes.Length)], random.Next(2) == 0);
                    break;
                case 3:
                    damaged.RemoveRange(at, length);
                    break;
                case 4:
                    damaged.InsertRange(at, damaged.GetRange(at, length));
                    break;
                default:
                    damaged.RemoveRange(at, random.Next(4) == 0 ? damaged.Count - at : length);
                    break;
            }
        }

        return [.. damaged];
    }

    private static void Overwrite(List<byte> file, int at, uint size, bool isLittleEndian)
    {
        for (var i = 0; i < 4 && at + i < file.Count; i++)
            file[at + i] = (byte)(size >> (isLittleEndian ? i * 8 : 24 - (i * 8)));
    }

    // A frame of ID3v2.4 that is compressed and says how long it was.
    private static byte[] Frame(string id, byte[] content) =>
        [.. id.Select(static letter => (byte)letter), .. SyncSafe(content.Length + 4), 0, 9, 0, 0, 0, 0, .. content];

    private static byte[] Tag(byte[] frames) => [.. "ID3\u0004\0\0"u8, .. SyncSafe(frames.Length), .. frames];

    private static byte[] BigEndian(int value) =>
        [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] SyncSafe(int value) =>
        [(byte)((value >> 21) & 127), (byte)((value >> 14) & 127), (byte)((value >> 7) & 127), (byte)(value & 127)];

    private static byte[] Deflate(byte[] content)
    {
        var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(content);

        return packed.ToArray();
    }
}
