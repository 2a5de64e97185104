using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Codec.Ogg;
using SpotifyCore.Testing;

namespace SpotifyCore.Codec.Tests.Ogg;

public sealed class OggPageReaderTests
{
    private static byte[] Page(params int[] packets)
    {
        var writer = new OggPageWriter(serial: 7);
        foreach (var length in packets)
            Assert.True(writer.TryAdd(Enumerable.Repeat((byte)length, length).ToArray()));

        return writer.Finish(OggPageFlags.Last, 1_234).ToArray();
    }

    [Fact]
    public void TryRead_WrittenPage_GivesItBack()
    {
        Assert.True(OggPageReader.TryRead(Page(3, 255, 600, 0), out var page));

        Assert.Equal(new OggPageHeader(OggPageFlags.Last, 1_234, 7, 0), page.Header);
        Assert.Equal([3, 255, 0, 255, 255, 90, 0], page.Segments.ToArray());
        Assert.Equal(858, page.Body.Length);
    }

    [Fact]
    public void TryRead_RightOrWrong_LeavesTheBufferAsItWas()
    {
        var bytes = Page(3, 300);
        bytes[^1] ^= 1;
        var wrong = bytes.ToArray();
        Assert.False(Reads(wrong));
        Assert.Equal(bytes, wrong);

        bytes[^1] ^= 1;
        var right = bytes.ToArray();
        Assert.True(Reads(right));
        Assert.Equal(bytes, right);
    }

    [Fact]
    public void TryRead_EveryPrefix_WaitsForMore()
    {
        var bytes = Page(3, 300);
        for (var length = 0; length < bytes.Length; length++)
            Assert.False(OggPageReader.TryRead(bytes.AsSpan(0, length), out _));
    }

    [Fact]
    public void TryRead_AnyBitFlipped_IsNeverThePage()
    {
        var bytes = Page(40, 300);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var damaged = bytes.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Reads(damaged), $"bit {bit}");
        }
    }

    [Fact]
    public void TryRead_RandomBytes_ThrowsNothingElse() => Prop.ForAll<byte[]>(bytes =>
    {
        Reads(bytes);
        Reads([.. "OggS\0"u8, .. bytes]);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryRead_RandomPackets_RoundTrip() => Prop.ForAll<byte[][]>(packets =>
    {
        var writer = new OggPageWriter(serial: 1);
        var added = packets.TakeWhile(packet => writer.TryAdd(packet)).ToList();
        Assert.True(OggPageReader.TryRead(writer.Finish(OggPageFlags.None, 5).ToArray(), out var page));
        Assert.Equal(added.SelectMany(packet => packet), page.Body.ToArray());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryAdd_MoreThanAPageHolds_IsRefused()
    {
        var writer = new OggPageWriter(serial: 1);
        Assert.False(writer.TryAdd(new byte[255 * 255]));
        Assert.True(writer.TryAdd(new byte[(255 * 255) - 1]));
        Assert.False(writer.TryAdd([]));
        Assert.Equal(OggPageHeader.MaxPageSize - 1, writer.Finish(OggPageFlags.None, 0).Length);
    }

    [Fact]
    public void TryRead_DoesNotAllocate() => AllocationAssert.None(
        Page(100, 200, 300), static bytes => OggPageReader.TryRead(bytes, out _));

    private static bool Reads(byte[] bytes)
    {
        try
        {
            return OggPageReader.TryRead(bytes, out _);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
