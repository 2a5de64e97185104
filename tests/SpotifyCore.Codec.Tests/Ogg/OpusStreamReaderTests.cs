using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Codec.Ogg;
using SpotifyCore.Testing;

namespace SpotifyCore.Codec.Tests.Ogg;

public sealed class OpusStreamReaderTests
{
    private static readonly byte[] File = TestOpus.Encode(TestPcm.Music(50_001, 2), 2, 96_000);

    // CELT, 20 ms, stereo, one frame.
    private static byte[] Packet(int length) => [0xFC, .. new byte[length - 1]];

    [Fact]
    public void TryReadPacket_AnySplit_GivesTheSamePackets()
    {
        var whole = ReadAll(File, () => OpusStreamReader.PushSize);
        Assert.Equal((50_001 + 3_840 + 959) / 960, whole.Count);
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            Assert.Equal(whole, ReadAll(File, () => random.Next(1, 3_000)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void TryReadPacket_Position_CountsFromStreamStartAndTrimsTheEnd()
    {
        var packets = ReadAll(File, () => 500);

        Assert.Equal(packets.Select((_, i) => (ulong)(i * 960)), packets.Select(packet => packet.Position));
        Assert.Equal(50_001 + 3_840, packets.Sum(packet => packet.Kept));
        Assert.All(packets.SkipLast(1), packet => Assert.Equal(960, packet.Kept));
    }

    [Fact]
    public void TryReadPacket_RandomDamage_ThrowsNothingElse() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var bytes = File.ToArray();
        for (var i = random.Next(4); i >= 0; i--)
            bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);

        Assert.Throws<InvalidDataException>(() => ReadAll(bytes, () => random.Next(1, 20_000)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryReadPacket_RandomPages_ThrowsNothingElse() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var stream = new MemoryStream();
        var writer = new OggPageWriter(1);
        WritePage(stream, writer, OggPageFlags.First, 0, HeadPacket());
        for (var i = 0; i < 20; i++)
        {
            var packet = new byte[random.Next(0, 600)];
            random.NextBytes(packet);
            var flags = (OggPageFlags)random.Next(8);
            WritePage(stream, writer, flags, random.NextInt64(-2, 5_000), i == 0 ? TagsPacket() : packet);
        }

        try
        {
            ReadAll(stream.ToArray(), () => 700);
        }
        catch (InvalidDataException)
        {
            // The one kind of error there may be.
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryReadPacket_PacketOverTwoPages_IsJoined()
    {
        var stream = Headers(out var writer);
        var sound = Packet(700);
        stream.Write(RawPage(2, OggPageFlags.None, -1, sound.AsSpan(0, 510)));
        stream.Write(RawPage(3, OggPageFlags.Continued | OggPageFlags.Last, 960, sound.AsSpan(510)));

        var packet = Assert.Single(ReadAll(stream.ToArray(), () => 100));
        Assert.Equal(700, packet.Length);
        Assert.NotNull(writer);
    }

    [Fact]
    public void TryReadPacket_CommentsOverManyPages_AreSkipped()
    {
        var stream = new MemoryStream();
        var first = new OggPageWriter(1);
        WritePage(stream, first, OggPageFlags.First, 0, HeadPacket());
        var tags = new OpusTags("v", [new string('x', 500_000)]).ToPacket();
        uint sequence = 1;
        for (var at = 0; at < tags.Length; at += 65_025)
        {
            var part = tags.AsSpan(at, Math.Min(65_025, tags.Length - at));
            stream.Write(RawPage(sequence++, at == 0 ? OggPageFlags.None : OggPageFlags.Continued, -1, part));
        }

        stream.Write(RawPage(sequence, OggPageFlags.Last, 960, Packet(100)));
        Assert.Single(ReadAll(stream.ToArray(), () => OpusStreamReader.PushSize));
    }

    [Fact]
    public void TryReadPacket_StreamCutOutOfALongerOne_CountsFromItsOwnStart()
    {
        var stream = Headers(out var writer);
        WritePage(stream, writer, OggPageFlags.None, 960_000, Packet(50));
        WritePage(stream, writer, OggPageFlags.Last, 960_500, Packet(50));

        Assert.Equal([960, 500], ReadAll(stream.ToArray(), () => 64).Select(packet => packet.Kept));
    }

    [Fact]
    public void TryReadPacket_ChainedStreams_AreRefusedClearly()
    {
        var error = Assert.Throws<InvalidDataException>(() => ReadAll([.. File, .. File], () => 9_000));
        Assert.Contains("chained", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryReadPacket_AnotherStreamMixedIn_IsRefused()
    {
        var stream = Headers(out _);
        WritePage(stream, new OggPageWriter(99), OggPageFlags.First, 0, HeadPacket());
        Assert.Throws<InvalidDataException>(() => ReadAll(stream.ToArray(), () => 64));
    }

    [Fact]
    public void TryReadPacket_MissingPage_IsRefused()
    {
        var stream = Headers(out var writer);
        writer.Finish(OggPageFlags.None, 0);
        WritePage(stream, writer, OggPageFlags.Last, 960, Packet(50));
        Assert.Throws<InvalidDataException>(() => ReadAll(stream.ToArray(), () => 64));
    }

    [Fact]
    public void TryReadPacket_AfterAnError_StaysFailedUntilRestart()
    {
        var reader = new OpusStreamReader();
        reader.Push("This is no Ogg stream, it is a text."u8);
        Assert.Throws<InvalidDataException>(() => reader.TryReadPacket(out _));
        Assert.Throws<InvalidDataException>(() => reader.TryReadPacket(out _));

        reader.Restart(0);
        Assert.False(reader.TryReadPacket(out _));
        reader.Push(File);
        Assert.True(reader.TryReadPacket(out _));
    }

    [Fact]
    public void PushAndRead_InTheSteadyState_DoesNotAllocate()
    {
        var reader = new OpusStreamReader();
        AllocationAssert.None(() =>
        {
            reader.Restart(0);
            for (ReadOnlySpan<byte> rest = File; !rest.IsEmpty;)
            {
                rest = rest[reader.Push(rest[..Math.Min(rest.Length, 4_096)])..];
                while (reader.TryReadPacket(out _))
                {
                }
            }
        });
        Assert.True(reader.Ended);
    }

    private static List<(ulong Position, int Kept, int Length, uint Crc)> ReadAll(byte[] bytes, Func<int> piece)
    {
        var reader = new OpusStreamReader();
        var packets = new List<(ulong, int, int, uint)>();
        for (ReadOnlySpan<byte> rest = bytes; !rest.IsEmpty;)
        {
            rest = rest[reader.Push(rest[..Math.Min(rest.Length, Math.Min(piece(), OpusStreamReader.PushSize))])..];
            while (reader.TryReadPacket(out var packet))
                packets.Add((packet.Position, packet.Kept, packet.Data.Length, OggCrc.Compute(packet.Data)));
        }

        return packets;
    }

    private static MemoryStream Headers(out OggPageWriter writer)
    {
        var stream = new MemoryStream();
        writer = new OggPageWriter(1);
        WritePage(stream, writer, OggPageFlags.First, 0, HeadPacket());
        WritePage(stream, writer, OggPageFlags.None, 0, TagsPacket());
        return stream;
    }

    private static byte[] HeadPacket()
    {
        var packet = new byte[OpusHead.Size];
        new OpusHead(2, 312, 48_000, 0).Write(packet);
        return packet;
    }

    private static byte[] TagsPacket() => new OpusTags("v", []).ToPacket();

    private static void WritePage(
        MemoryStream stream, OggPageWriter writer, OggPageFlags flags, long granule, byte[] packet)
    {
        Assert.True(writer.TryAdd(packet));
        stream.Write(writer.Finish(flags, granule));
    }

    // A page whose last packet goes on when the part is a multiple of 255 bytes long.
    private static byte[] RawPage(uint sequence, OggPageFlags flags, long granule, ReadOnlySpan<byte> part)
    {
        var full = Math.DivRem(part.Length, 255, out var rest);
        byte[] segments = [.. Enumerable.Repeat((byte)255, full), .. rest > 0 ? (byte[])[(byte)rest] : []];
        byte[] page =
        [
            .. "OggS\0"u8, (byte)flags, .. BitConverter.GetBytes(granule), .. BitConverter.GetBytes(1u),
            .. BitConverter.GetBytes(sequence), 0, 0, 0, 0, (byte)segments.Length, .. segments, .. part,
        ];
        BitConverter.TryWriteBytes(page.AsSpan(22), OggCrc.Compute(page));
        return page;
    }
}
