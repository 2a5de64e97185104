using System.Net;
using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Messages.Layouts;

namespace SpotifyCore.Protocol.Tests.Support;

/// <summary>Random input for property tests.</summary>
internal static class Arbitrary
{
    private static readonly Gen<uint> AnyRequest = Gen.Choose(1, int.MaxValue).Select(value => (uint)value);
    private static readonly Gen<FileId> AnyFile =
        Gen.Choose(0, int.MaxValue).Two().Select(t => new FileId(((UInt128)(uint)t.Item1 << 96) | (uint)t.Item2));

    private static readonly Gen<RequestPriority> AnyPriority =
        Gen.Elements(RequestPriority.Playing, RequestPriority.Prefetch, RequestPriority.OfflineSync);

    private static readonly Gen<bool> AnyBool = Gen.Elements(true, false);

    /// <summary>Bytes of any kind, and bytes that look like a frame.</summary>
    public static readonly Arbitrary<byte[]> Bytes = Arb.From(Gen.OneOf(
        Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(),
        from kind in Gen.Choose(0, 28)
        from request in Gen.Choose(0, 3)
        from payload in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf()
        select Framed((ushort)kind, (uint)request, payload)));

    /// <summary>Any message with its payload.</summary>
    public static readonly Arbitrary<(PeerMessage Message, byte[] Payload)> Messages = Arb.From(Gen.OneOf(
        Greeting(), Codes(), Requests(), Pieces(), Rest(), Searches(), Lists()));

    /// <summary>How a stream is cut into pieces.</summary>
    public static readonly Arbitrary<int[]> Cuts = Arb.From(Gen.Choose(1, 700).ArrayOf());

    private static byte[] Framed(ushort kind, uint request, byte[] payload)
    {
        var frame = new byte[FrameHeader.Size + payload.Length];
        BitConverter.TryWriteBytes(frame, payload.Length);
        BitConverter.TryWriteBytes(frame.AsSpan(4), kind);
        BitConverter.TryWriteBytes(frame.AsSpan(6), request);
        payload.CopyTo(frame, FrameHeader.Size);
        return frame;
    }

    private static Gen<byte[]> Payload(int least, int most) =>
        from length in Gen.Choose(least, most)
        from seed in Gen.Choose(0, 1000)
        select Filled(length, seed);

    private static byte[] Filled(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static Gen<(PeerMessage, byte[])> Greeting() =>
        from role in Gen.Elements(PeerRole.Peer, PeerRole.Node, PeerRole.Import)
        from port in Gen.Choose(0, 65_535)
        from limit in Gen.Choose(1, 1024)
        from ticket in Payload(0, PeerMessage.MaxTicketLength)
        from message in Gen.Elements(
            PeerMessage.Hello(role, (ushort)port, (ushort)limit, ticket.Length),
            PeerMessage.HelloReply(1, role, (ushort)port, (ushort)limit, ticket.Length),
            PeerMessage.TicketRefresh(ticket.Length))
        select (message, ticket);

    private static Gen<(PeerMessage, byte[])> Codes() =>
        from request in AnyRequest
        from code in Gen.Choose(0, 40)
        from text in Payload(0, ProtocolText.MaxLength)
        from message in Gen.Elements(
            PeerMessage.HelloRefused((ProtocolCode)code, text.Length),
            PeerMessage.GoAway((ProtocolCode)code, text.Length),
            PeerMessage.Error(request, (ProtocolCode)code, text.Length),
            PeerMessage.Error(0, (ProtocolCode)code, text.Length))
        select (message, text);

    private static Gen<(PeerMessage, byte[])> Requests() =>
        from request in AnyRequest
        from file in AnyFile
        from priority in AnyPriority
        from local in AnyBool
        from count in Gen.Choose(1, PeerMessage.MaxChunksPerRequest)
        from first in Gen.Choose(0, (int)PeerMessage.MaxChunks - count)
        from milliseconds in Gen.Choose(0, int.MaxValue)
        from message in Gen.Elements(
            PeerMessage.RequestChunks(request, file, (uint)first, (uint)count, priority, (uint)milliseconds, local),
            PeerMessage.RequestManifest(request, file, priority, local),
            PeerMessage.RequestHave(request, file))
        select (message, Array.Empty<byte>());

    private static Gen<(PeerMessage, byte[])> Pieces() =>
        from request in AnyRequest
        from file in AnyFile
        from chunk in Gen.Choose(0, (int)PeerMessage.MaxChunks - 1)
        from total in Gen.Choose(1, 16 * 1024)
        from offset in Gen.Choose(0, total - 1)
        from payload in Payload(1, total - offset)
        from tier in Gen.Elements(Tier.Cache, Tier.Peers, Tier.Production, Tier.Master)
        let length = payload.Length
        from message in Gen.Elements(
            PeerMessage.ChunkPiece(request, (uint)chunk, tier, (uint)offset, (uint)total, length),
            PeerMessage.PutChunk(request, (uint)chunk, (uint)offset, (uint)total, length),
            PeerMessage.ManifestData(request, (uint)offset * 9, (uint)total * 9, length),
            PeerMessage.PutBegin(request, file, (uint)offset, (uint)total, length))
        select (message, payload);

    private static Gen<(PeerMessage, byte[])> Searches() =>
        from query in AnyRequest.Two().Select(pair => ((ulong)pair.Item1 << 32) | pair.Item2)
        from file in AnyFile
        from hops in Gen.Choose(0, PeerMessage.MaxHops)
        from addresses in Gen.Choose(0, HitAddresses.MaxCount).SelectMany(count => Address().ArrayOf(count))
        let payload = Written(addresses)
        from message in Gen.Elements(
            PeerMessage.Search(query, file, (byte)hops),
            PeerMessage.SearchHit(query, addresses.Length, payload.Length))
        select (message, message.Length > 0 ? payload : []);

    private static Gen<(PeerMessage, byte[])> Lists() =>
        from request in AnyRequest
        from after in AnyFile
        from limit in Gen.Choose(1, ListedFiles.MaxCount)
        from ids in AnyFile.ArrayOf()
        from more in Gen.Elements(true, false)
        let files = ids.Distinct().Order().ToArray()
        let payload = files.SelectMany(static file => Convert.FromHexString(file.ToString())).ToArray()
        from message in Gen.Elements(
            PeerMessage.RequestList(request, after, limit),
            PeerMessage.List(request, files.Length, more))
        select (message, message.Length > 0 ? payload : []);

    /// <summary>Where a peer may be.</summary>
    public static Gen<NodeAddress> Address() =>
        from id in AnyFile
        from host in Gen.OneOf(Payload(4, 4), Payload(16, 16))
        from port in Gen.Choose(0, 65_535)
        select new NodeAddress(new PeerId(id.Value), new IPAddress(host).ToString(), port);

    private static byte[] Written(NodeAddress[] addresses)
    {
        var payload = new byte[HitAddresses.MaxLength];
        return payload[..HitAddresses.Write(addresses, payload).Length];
    }

    private static Gen<(PeerMessage, byte[])> Rest() =>
        from request in AnyRequest
        from file in AnyFile
        from number in Gen.Choose(0, (int)PeerMessage.MaxChunks - 1)
        from count in Gen.Choose(1, 3000)
        from first in Gen.Choose(0, (int)PeerMessage.MaxChunks - count)
        from bitmap in Payload((count + 7) / 8, (count + 7) / 8)
        from message in Gen.Elements(
            PeerMessage.HavePart(request, file, (uint)first, (uint)count),
            PeerMessage.Have(request, file, HaveKind.Whole),
            PeerMessage.Have(0, file, HaveKind.None),
            PeerMessage.Ping(request),
            PeerMessage.Pong(request),
            PeerMessage.Cancel(request),
            PeerMessage.Busy(request, (uint)number),
            PeerMessage.NotFound(request, (uint)number),
            PeerMessage.PutReady(request, PutState.AlreadyHeld),
            PeerMessage.PutReady(request, PutState.SendChunks),
            PeerMessage.PutCommit(request),
            PeerMessage.PutCommitted(request))
        select (message, message.Length > 0 ? bitmap : []);
}
