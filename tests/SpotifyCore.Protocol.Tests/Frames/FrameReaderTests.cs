using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Messages.Layouts;
using SpotifyCore.Protocol.Tests.Support;

namespace SpotifyCore.Protocol.Tests.Frames;

public sealed class FrameReaderTests
{
    [Fact]
    public void TryRead_PartialFrame_LeavesBytesUntouched()
    {
        var frame = new byte[64];
        var length = MessageCodec.Write(PeerMessage.Busy(1, 5), default, frame);
        for (var cut = 0; cut < length; cut++)
        {
            ReadOnlySpan<byte> received = frame.AsSpan(0, cut);
            Assert.False(FrameReader.TryRead(ref received, out _));
            Assert.Equal(cut, received.Length);
        }
    }

    [Fact]
    public void TryRead_PayloadOverLimit_IsRefusedFromTheHeaderAlone()
    {
        var header = new byte[FrameHeader.Size];
        new FrameHeader(FrameHeader.MaxPayloadLength + 1, PeerMessageKind.ChunkData, 1).Write(header);

        Assert.Equal(ProtocolCode.FrameTooLong, CodeOf(header));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(27)]
    [InlineData(65_535)]
    public void TryRead_UnknownKind_IsRefused(int kind)
    {
        var header = new byte[FrameHeader.Size];
        new FrameHeader(0, (PeerMessageKind)kind, 1).Write(header);

        Assert.Equal(ProtocolCode.UnknownKind, CodeOf(header));
    }

    [Fact]
    public void TryRead_StreamCutAnyhow_GivesTheSameMessages() => Prop
        .ForAll(Arb.From(Arbitrary.Messages.Generator.ArrayOf()), Arbitrary.Cuts, (sent, cuts) =>
        {
            var stream = sent.SelectMany(item => Write(item.Message, item.Payload)).ToArray();
            var got = Receive(stream, cuts);
            return got.Count == sent.Length
                && got.Zip(sent).All(pair => pair.First.Message == pair.Second.Message
                    && pair.First.Payload.AsSpan().SequenceEqual(pair.Second.Payload));
        })
        .QuickCheckThrowOnFailure();

    private static List<(PeerMessage Message, byte[] Payload)> Receive(byte[] stream, int[] cuts)
    {
        using var buffer = new ReceiveBuffer(2 * FrameHeader.MaxFrameLength);
        var got = new List<(PeerMessage, byte[])>();
        var cut = 0;
        for (var sent = 0; sent < stream.Length;)
        {
            var space = buffer.GetSpace();
            var length = cuts.Length == 0 ? space.Length : cuts[cut++ % cuts.Length];
            length = Math.Min(length, Math.Min(space.Length, stream.Length - sent));
            stream.AsMemory(sent, length).CopyTo(space);
            buffer.Received(length);
            sent += length;

            var rest = buffer.Unread.Span;
            while (FrameReader.TryRead(ref rest, out var frame))
            {
                var message = MessageCodec.Read(frame, out var payload);
                got.Add((message, payload.ToArray()));
            }

            buffer.Consumed(buffer.Unread.Length - rest.Length);
        }

        Assert.True(buffer.IsEmpty);
        return got;
    }

    private static byte[] Write(PeerMessage message, byte[] payload)
    {
        var frame = new byte[FrameHeader.MaxFrameLength];
        return frame[..MessageCodec.Write(message, payload, frame)];
    }

    private static ProtocolCode CodeOf(byte[] bytes) => Assert.Throws<ProtocolException>(() =>
    {
        ReadOnlySpan<byte> received = bytes;
        FrameReader.TryRead(ref received, out _);
    }).Code;
}
