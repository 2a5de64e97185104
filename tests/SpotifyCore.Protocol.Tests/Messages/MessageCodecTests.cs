using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Messages.Layouts;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Messages;

public sealed class MessageCodecTests
{
    private static readonly FileId File = new(0x0102030405060708);

    [Fact]
    public void Read_WhatWriteWrote_IsTheSame() => Prop
        .ForAll(Arbitrary.Messages, sent =>
        {
            var frame = Write(sent.Message, sent.Payload);
            var read = Read(frame, out var payload);
            return read == sent.Message && payload.AsSpan().SequenceEqual(sent.Payload);
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Read_AnyBytes_IsRefusedOrWritesTheSameBytes() => Prop
        .ForAll(Arbitrary.Bytes, bytes =>
        {
            try
            {
                ReadOnlySpan<byte> rest = bytes;
                if (!FrameReader.TryRead(ref rest, out var frame))
                    return true;

                var message = MessageCodec.Read(frame, out var payload);
                return Write(message, payload).AsSpan().SequenceEqual(bytes.AsSpan(0, bytes.Length - rest.Length));
            }
            catch (ProtocolException)
            {
                return true;
            }
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Read_CutFields_IsMalformed() => Prop
        .ForAll(Arbitrary.Messages, Arb.From(Gen.Choose(1, 28)), (sent, cut) =>
        {
            var size = MessageCodec.PrefixLength(sent.Message.Kind) - FrameHeader.Size;
            if (cut > size)
                return true;

            var frame = Write(sent.Message, sent.Payload).AsSpan(0, FrameHeader.Size + size - cut).ToArray();
            new FrameHeader(size - cut, sent.Message.Kind, sent.Message.Request).Write(frame);
            return CodeOf(frame) == ProtocolCode.Malformed;
        })
        .QuickCheckThrowOnFailure();

    public static TheoryData<PeerMessage, int, ProtocolCode> Broken() => new()
    {
        { PeerMessage.RequestChunks(1, File, 0, 0, RequestPriority.Playing, 0), 0, ProtocolCode.BadRange },
        { PeerMessage.RequestChunks(1, File, 0, 65, RequestPriority.Playing, 0), 0, ProtocolCode.BadRange },
        { PeerMessage.RequestChunks(
            1, File, PeerMessage.MaxChunks, 1, RequestPriority.Playing, 0), 0, ProtocolCode.BadRange },
        { PeerMessage.RequestChunks(1, File, uint.MaxValue, 2, RequestPriority.Playing, 0), 0, ProtocolCode.BadRange },
        { PeerMessage.RequestChunks(0, File, 0, 1, RequestPriority.Playing, 0), 0, ProtocolCode.Malformed },
        { PeerMessage.RequestChunks(1, File, 0, 1, (RequestPriority)3, 0), 0, ProtocolCode.Malformed },
        { PeerMessage.ChunkPiece(1, 0, Tier.None, 0, 1, 1), 1, ProtocolCode.Malformed },
        { PeerMessage.ChunkPiece(1, 0, (Tier)5, 0, 1, 1), 1, ProtocolCode.Malformed },
        { PeerMessage.ChunkPiece(1, 0, Tier.Peers, 0, 10, 0), 0, ProtocolCode.Malformed },
        { PeerMessage.ChunkPiece(1, 0, Tier.Peers, 8, 10, 3), 3, ProtocolCode.Malformed },
        { PeerMessage.ChunkPiece(1, 0, Tier.Peers, 0, 16_385, 1), 1, ProtocolCode.Malformed },
        { PeerMessage.ChunkPiece(1, PeerMessage.MaxChunks, Tier.Peers, 0, 1, 1), 1, ProtocolCode.BadRange },
        { PeerMessage.ManifestData(1, 0, PeerMessage.MaxManifestLength + 1, 1), 1, ProtocolCode.Malformed },
        { PeerMessage.ManifestData(1, uint.MaxValue, 4, 1), 1, ProtocolCode.Malformed },
        { PeerMessage.HavePart(1, File, 0, 9), 1, ProtocolCode.Malformed },
        { PeerMessage.HavePart(1, File, 0, 0), 0, ProtocolCode.BadRange },
        { PeerMessage.Have(1, File, (HaveKind)3), 0, ProtocolCode.Malformed },
        { PeerMessage.TicketRefresh(513), 513, ProtocolCode.Malformed },
        { PeerMessage.Hello((PeerRole)4, 0, 1), 0, ProtocolCode.Malformed },
        { PeerMessage.Cancel(1), 1, ProtocolCode.Malformed },
        { PeerMessage.Search(1, File, 2), 0, ProtocolCode.Malformed },
        { PeerMessage.Search(1, File, 0).WithRequest(1), 0, ProtocolCode.Malformed },
        { PeerMessage.SearchHit(1, 0).WithRequest(1), 0, ProtocolCode.Malformed },
        { PeerMessage.SearchHit(1, 1), 23, ProtocolCode.Malformed },
        { PeerMessage.SearchHit(1, 0), 1, ProtocolCode.Malformed },
        { PeerMessage.SearchHit(1, 11), 0, ProtocolCode.Malformed },
        { PeerMessage.SearchHit(1, 10), 351, ProtocolCode.Malformed },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Read_ValueOutOfRange_IsRefused(PeerMessage message, int payload, ProtocolCode expected) =>
        Assert.Equal(expected, CodeOf(Write(message, new byte[payload])));

    [Fact]
    public void Read_OtherMagic_IsRefused()
    {
        var frame = Write(PeerMessage.Hello(PeerRole.Peer, 0, 1), []);
        frame[FrameHeader.Size] ^= 1;

        Assert.Equal(ProtocolCode.BadMagic, CodeOf(frame));
    }

    [Fact]
    public void WriteAndRead_Chunk_AllocatesNothing()
    {
        var frame = new byte[FrameHeader.MaxFrameLength];
        var payload = new byte[16 * 1024];
        AllocationAssert.None(() =>
        {
            var message = PeerMessage.ChunkData(7, 3, Tier.Production, payload.Length);
            var length = MessageCodec.Write(message, payload, frame);
            ReadOnlySpan<byte> rest = frame.AsSpan(0, length);
            FrameReader.TryRead(ref rest, out var read);
            MessageCodec.Read(read, out _);
        });
    }

    [Fact]
    public void WriteAndRead_ErrorWithText_AllocatesNothing()
    {
        var frame = new byte[FrameHeader.MaxFrameLength];
        AllocationAssert.None(() =>
        {
            var text = ProtocolText.Utf8(ProtocolCode.TooBusy);
            var length = MessageCodec.Write(PeerMessage.Error(1, ProtocolCode.TooBusy), text, frame);
            ReadOnlySpan<byte> rest = frame.AsSpan(0, length);
            FrameReader.TryRead(ref rest, out var read);
            MessageCodec.Read(read, out _);
        });
    }

    private static byte[] Write(in PeerMessage message, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[FrameHeader.MaxFrameLength + payload.Length];
        return frame[..MessageCodec.Write(message, payload, frame)];
    }

    private static PeerMessage Read(byte[] bytes, out byte[] payload)
    {
        ReadOnlySpan<byte> rest = bytes;
        Assert.True(FrameReader.TryRead(ref rest, out var frame));
        var message = MessageCodec.Read(frame, out var beside);
        payload = beside.ToArray();
        return message;
    }

    private static ProtocolCode CodeOf(byte[] bytes) =>
        Assert.Throws<ProtocolException>(() => Read(bytes, out _)).Code;
}
