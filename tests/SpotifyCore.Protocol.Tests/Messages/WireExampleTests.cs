using System.Net;
using System.Net.Sockets;
using System.Text;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sealing;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Messages.Layouts;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Messages;

/// <summary>
/// The specification's examples, byte by byte: those with a node over a plain socket. (Those with a desktop are spoken
/// to one by the client's tests.)
/// </summary>
public sealed class WireExampleTests
{
    private static readonly byte[] Counting = [.. Enumerable.Range(0, 32).Select(static value => (byte)value)];

    [Fact]
    public async Task WithANode_OverAPlainSocket_AnswersAsWritten()
    {
        await using var server = await ServerFixture.TcpAsync(new ChunkServerBackend(new HelloFile(), new HelloFile()));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await using var dialogue = new WireDialogue(new NetworkStream(socket));
        var examples = WireSpecification.Examples("With a node");

        Assert.Equal(12, examples.Count);
        await dialogue.SpeakAsync(examples);
        socket.Shutdown(SocketShutdown.Send);
        await dialogue.EndsAsync();
    }

    [Fact]
    public void FramesByThemselves_ReadAndWritten_AreTheSameBytes()
    {
        var examples = WireSpecification.Examples("Frames by themselves");
        PeerMessageKind[] kinds =
        [
            PeerMessageKind.ChunkData, PeerMessageKind.ChunkData, PeerMessageKind.Have, PeerMessageKind.Cancel,
            PeerMessageKind.Busy, PeerMessageKind.TicketRefresh, PeerMessageKind.GoAway, PeerMessageKind.Search,
            PeerMessageKind.SearchHit,
        ];

        Assert.Equal(kinds, examples.Select(static example => Read(example).Kind));
        var have = Read(examples[2]);
        Assert.Equal((HaveKind.Part, 0u, 66u), (have.Holding, have.Chunk, have.Count));
        Assert.Equal((Tier.Peers, 3u, 5u, true), (Read(examples[1]).Tier, Read(examples[1]).Offset, Read(examples[1]).Total, Read(examples[1]).IsLastPiece));
        Assert.Equal((1_000u, ProtocolCode.GoingAway), (Read(examples[4]).Milliseconds, Read(examples[6]).Code));
    }

    [Fact]
    public void KeysAndSeals_AreWhatTheEngineMakesOfThem()
    {
        var examples = WireSpecification.Examples("Keys and seals").ToDictionary(
            static line => line[..line.IndexOf(':', StringComparison.Ordinal)],
            static line => Bytes(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]));
        var id = PeerId.FromPublicKey(examples["key"]);
        Assert.Equal(PeerId.Read(examples["id"]), id);

        using var verifier = new TicketVerifier([new(7, examples["key 7"])]);
        var end = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(TicketVerdict.Valid, verifier.Check(examples["ticket"], id, end.AddHours(-1), out var ticket));
        var pseudonym = Convert.FromHexString("202122232425262728292a2b2c2d2e2f");
        Assert.Equal(
            (7u, PeerId.Read(pseudonym).Value, id, TicketScope.Fetch, end),
            (ticket.KeyId, ticket.Pseudonym, ticket.Holder, ticket.Scope, ticket.Expires));

        Assert.Equal([.. Encoding.ASCII.GetBytes("spotifycore login 1\0"), .. Counting, .. "anna"u8], examples["signed"]);
        Assert.True(KeyProof.TryCheck(examples["key"], Counting, "anna", examples["proof"], out var proved));
        Assert.Equal(id, proved);

        var chunk = Encoding.ASCII.GetBytes("hello");
        using (var seal = new ChunkSeal(ContentKey.Read(Counting.AsSpan(0, ContentKey.Size))))
            seal.Apply(1, chunk);

        Assert.Equal(examples["sealed"], chunk);
    }

    private static byte[] Bytes(string hex) =>
        Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>Reads an example, and fails unless writing it again gives the same bytes.</summary>
    private static PeerMessage Read(string example)
    {
        var ticket = string.Concat(Enumerable.Repeat("5a", Ticket.Size));
        var bytes = Bytes(example[1..].Replace("{ticket}", ticket, StringComparison.Ordinal));
        var rest = (ReadOnlySpan<byte>)bytes;
        Assert.True(FrameReader.TryRead(ref rest, out var frame));
        Assert.True(rest.IsEmpty);
        var message = MessageCodec.Read(frame, out var payload);
        var written = new byte[FrameHeader.MaxFrameLength];
        Assert.Equal(bytes, written[..MessageCodec.Write(message, payload, written)]);
        return message;
    }

    private sealed class HelloFile : IChunkSource, IManifestSource
    {
        public ValueTask<ChunkReadResult> ReadAsync(
            in ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken = default)
        {
            if (request.First > 0)
                return ValueTask.FromResult(ChunkReadResult.NotFound);

            return ValueTask.FromResult(
                ChunkReadResult.Found(Encoding.ASCII.GetBytes("hello", destination.Span), Tier.Production));
        }

        public ValueTask<Manifest?> FindManifestAsync(FileId file, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<Manifest?>(null);
    }
}
