using System.Net;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;
using static SpotifyCore.Protocol.Tests.Support.NodeDialogue;

namespace SpotifyCore.Protocol.Tests.Wire;

/// <summary>
/// The specification's table of limits: that the numbers are those of a node, and what the bytes say of one too much,
/// over a plain socket:
/// <list type="table">
/// <listheader><term>limit</term><description>test</description></listheader>
/// <item><term>the numbers</term><description><see cref="Limits_OfANode_AreThoseWritten"/></description></item>
/// <item><term>text, ticket, manifest</term><description><see cref="Frame_AtItsLimit_IsTaken"/>,
/// <see cref="Frame_BeyondItsLimit_EndsTheConnection"/></description></item>
/// <item><term>ticket-refreshes</term>
/// <description><see cref="TicketRefresh_OneTooMany_EndsTheConnection"/></description></item>
/// <item><term>connections in all, and of an address</term>
/// <description><see cref="Connection_OneTooMany_IsToldAndClosed"/></description></item>
/// <item><term>time for a write</term>
/// <description><see cref="Write_ThatNobodyReads_IsGivenUpAfterHalfAMinute"/></description></item>
/// </list>
/// Frames, requests in flight, chunks a request and puts are with their sections; handshakes and memory in the tests of
/// <c>Transports</c> and <c>Serving</c>.
/// </summary>
public sealed class NodeLimitRulesTests
{
    private const string NoFile = "000102030405060708090a0b0c0d0e0f";

    private static readonly TestFile File = TestFile.Create(76, 64 * Manifest.ChunkSize);
    private readonly ManualTimeProvider _time = new();
    private readonly FileShelf _shelf = new FileShelf().With(File);

    [Fact]
    public void Limits_OfANode_AreThoseWritten()
    {
        var (server, transport) = (new ChunkServerOptions(), new TransportOptions());
        foreach (var written in (string[])
            [
                $"| requests in flight | what the receiver's hello says, {server.RequestLimit} by default;",
                $"| chunks a request | {PeerMessage.MaxChunksPerRequest} |",
                $"| manifest | {PeerMessage.MaxManifestLength >> 20} MiB |",
                $"| ticket-refreshes over a connection | {PeerSession.RefreshBurst}, and one more every 10 s;"
                    + " one beyond that ends the connection (9) |",
                $"| puts at once over a connection (server) | {server.MaxPuts}, then error 9 |",
                $"| connections (server) | {server.MaxConnections:N0} in all,"
                    + $" {server.MaxConnectionsPerAddress} an address,",
                $"| memory of a server's sends | {server.MaxSendMemoryBytes >> 20} MiB,",
                $"| reads of farther tiers at once over a connection (server) | {server.MaxPendingReads},"
                    + " one of them kept for playing |",
                $"(server) | {server.SendTimeout.TotalSeconds} s |",
                $"(TLS) | {transport.FirstByteTimeout.TotalSeconds} s to the first byte."
                    + $" {transport.MaxWaitingHandshakes:N0} connections without a slot;",
                $"(TLS) | {transport.MaxConcurrentHandshakes} slots, each from a whole ClientHello"
                    + $" (at most {ClientHelloReader.MostBytes >> 10} KiB) on,"
                    + $" {transport.HandshakeTimeout.TotalSeconds} s each,"
                    + $" but {transport.ContendedHandshakeTimeout.TotalSeconds} s while others wait,",
                $" {transport.MaxHandshakesPerAddress} with one address (a client 16)",
                $"A hello that is not done within {server.HelloTimeout.TotalSeconds} s is given up (19).",
            ])
            Assert.True(WireSpecification.Says(written), written);
    }

    [Theory]
    [InlineData("error of no request", "02010000 0800 00000000 1900 {256}")]
    [InlineData("a ticket", "00020000 0400 00000000 {512}")]
    public async Task Frame_AtItsLimit_IsTaken(string what, string frame)
    {
        await using var server = await ServerFixture.TcpAsync(_shelf.Backend, null, _time);
        await using var dialogue = await GreetAsync(server, 1);
        (dialogue["256"], dialogue["512"]) = (new byte[256], new byte[512]);
        await dialogue.SendAsync(frame);

        // An error ends the connection, without another to answer it.
        if (what == "a ticket")
            await dialogue.SpeakAsync(PingPong);
        else
            await EndsAsync(dialogue, _time);
    }

    [Theory]
    [InlineData("text of an error", "03010000 0800 00000000 1900 {257}", 12)]
    [InlineData("text of a go-away", "03010000 0700 00000000 1800 {257}", 12)]
    [InlineData("ticket", "01020000 0400 00000000 {513}", 12)]
    [InlineData("manifest", "19000000 1200 01000000 " + NoFile + " 00000000 01008000 00", 12)]
    [InlineData("piece of a manifest", "09000000 0d00 01000000 00000000 01008000 00", 12)]
    public async Task Frame_BeyondItsLimit_EndsTheConnection(string what, string frame, int code)
    {
        Assert.NotEmpty(what);
        await using var server = await ServerFixture.TcpAsync(_shelf.Backend, null, _time);
        await using var dialogue = await GreetAsync(server, 1);
        (dialogue["257"], dialogue["513"]) = (new byte[257], new byte[513]);
        await dialogue.SpeakAsync([$"> {frame}", Error(0, code)]);
        await EndsAsync(dialogue, _time);
    }

    [Fact]
    public async Task TicketRefresh_OneTooMany_EndsTheConnection()
    {
        await using var server = await ServerFixture.TcpAsync(_shelf.Backend, null, _time);
        await using var dialogue = await GreetAsync(server, 1);
        await dialogue.SendAsync(string.Concat(Enumerable.Repeat("00000000 0400 00000000 ", 16)));
        await dialogue.SpeakAsync(PingPong);
        _time.Advance(TimeSpan.FromSeconds(10));
        await dialogue.SendAsync("00000000 0400 00000000");
        await dialogue.SpeakAsync(["> 00000000 0400 00000000", Error(0, 9)]);
        await EndsAsync(dialogue, _time);
    }

    [Theory]
    [InlineData(3, 256, "127.0.0.1")] // In all.
    [InlineData(4096, 3, "192.0.2.7")] // Of an address.
    [InlineData(4096, 3, "2001:db8::7")]
    public async Task Connection_OneTooMany_IsToldAndClosed(int inAll, int ofAnAddress, string from)
    {
        var options = new ChunkServerOptions { MaxConnections = inAll, MaxConnectionsPerAddress = ofAnAddress };
        await using var server = await ServerFixture.StartAsync(
            new ElsewhereTransport(new TcpTransport(new TransportOptions()), IPAddress.Parse(from)),
            _shelf.Backend, new AccessGate(null), null, options, _time);
        await using var first = await GreetAsync(server, 1);
        await using var second = await GreetAsync(server, 1);
        await using var third = await GreetAsync(server, 1);

        await using var fourth = await DialAsync(server);
        await fourth.SpeakAsync([Error(0, 9)]);
        await fourth.EndsAsync();
        await first.SpeakAsync(PingPong);
        await third.SpeakAsync(PingPong);
    }

    [Fact]
    public async Task Write_ThatNobodyReads_IsGivenUpAfterHalfAMinute()
    {
        await using var server = await ServerFixture.TcpAsync(_shelf.Backend, null, _time);
        await using var dialogue = await GreetAsync(server, 1);

        // 64 MiB: more than sockets hold.
        for (var request = 1; request <= 64; request++)
            await dialogue.SendAsync($"1c000000 0e00 {Little(request)}  {Hex(File.Id)} 00000000 4000 00 00 00000000");

        var began = _time.GetUtcNow();
        await _time.AdvanceUntilAsync(Eventually.TrueAsync(() => server.Server.Usage.Connections == 0));
        Assert.InRange(_time.GetUtcNow() - began, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5));
    }
}
