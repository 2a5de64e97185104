using System.Net;
using System.Net.Sockets;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Wire;

/// <summary>
/// What the specification says to whoever writes a node, spoken in bytes to a client over a plain socket:
/// <list type="table">
/// <listheader><term>section</term><description>tests</description></listheader>
/// <item><term>Frame: an unknown code</term><description><see cref="Error_OfAnUnknownCode_IsAnErrorLikeAnother"/></description></item>
/// <item><term>Unasked; who serves nothing</term><description><see cref="Unasked_Frames_AreTakenAndRequestsRefused"/></description></item>
/// <item><term>Requests: pieces of different ones may interleave</term>
/// <description><see cref="Pieces_OfTwoRequestsInTurn_AreBothTaken"/></description></item>
/// <item><term>Go-away</term><description><see cref="GoAway_WithARequestInFlight_IsAnsweredThenEnds"/></description></item>
/// <item><term>Unmatched answers</term><description><see cref="Answer_OfAnotherKindOrPlace_EndsTheConnection"/></description></item>
/// </list>
/// </summary>
public sealed class ClientRulesTests : IAsyncLifetime
{
    private const string NoFile = "000102030405060708090a0b0c0d0e0f";
    private const string Reply = "> 08000000 0200 00000000  0200 02 00 0000 4000";
    private const string Asked = "< 1c000000 0e00 01000000  " + NoFile + " 00000000 0200 00 00 00000000";
    private const string Alive = "> 00000000 0500 09000000\n< 00000000 0600 09000000";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private ChunkClient _client = null!;
    private WireDialogue _node = null!;

    public async Task InitializeAsync()
    {
        _listener.Start();
        var address = new NodeAddress(null, "127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        var connecting = ChunkClient.ConnectAsync(new TcpTransport(new TransportOptions()), address, default).AsTask();
        _node = new WireDialogue(new NetworkStream(await _listener.AcceptSocketAsync(), ownsSocket: true));
        _node.Expect("last version", 2);
        _node.Expect("role, port and limit", 6);
        await _node.SpeakAsync(["< 0e000000 0100 00000000  53435031 0100 {last version} {role, port and limit}", Reply]);
        _client = await connecting;
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        await _client.DisposeAsync();
        _listener.Dispose();
    }

    [Fact]
    public async Task Error_OfAnUnknownCode_IsAnErrorLikeAnother()
    {
        var reading = ReadAsync();
        await _node.SpeakAsync([Asked, "> 02000000 0800 01000000  e703"]);

        Assert.Equal(ChunkReadResult.Unavailable, await reading);
        await _node.SpeakAsync(Alive);
        Assert.True(_client.IsAlive);
    }

    [Fact]
    public async Task Unasked_Frames_AreTakenAndRequestsRefused()
    {
        _node["text"] = "Not offered here."u8.ToArray();

        await _node.SpeakAsync(
        [
            $"> 1a000000 1100 00000000 {NoFile} 01 00 00000000 00000000",
            $"> 10000000 1000 01000000 {NoFile}", "< 13000000 0800 01000000  0800 {text}",
            $"> 1c000000 0e00 02000000  {NoFile} 00000000 0100 00 00 00000000", "< 13000000 0800 02000000  0800 {text}",
        ]);
        await _node.SpeakAsync(Alive);
    }

    [Fact]
    public async Task Pieces_OfTwoRequestsInTurn_AreBothTaken()
    {
        var (one, two) = (new byte[2 * 16_384], new byte[2 * 16_384]);
        var first = ReadAsync(one);
        await _node.SpeakAsync([Asked]);
        var second = ReadAsync(two);
        await _node.SpeakAsync([Asked.Replace(" 0e00 01", " 0e00 02", StringComparison.Ordinal)]);

        // One chunk each, of four bytes, in pieces.
        await _node.SpeakAsync(
        [
            "> 0c000000 0f00 02000000  00000000 0000 0400 03 00 2122", "> 0b000000 0f00 01000000  00000000 0000 0400 03 00 11",
            "> 0d000000 0f00 01000000  00000000 0100 0400 03 00 121314", "> 0c000000 0f00 02000000  00000000 0200 0400 03 00 2324",
            "> 04000000 0b00 02000000  01000000", "> 04000000 0b00 01000000  01000000",
        ]);

        Assert.Equal(4, (await first).Length);
        Assert.Equal(4, (await second).Length);
        Assert.Equal("11121314 21222324", $"{Convert.ToHexString(one, 0, 4)} {Convert.ToHexString(two, 0, 4)}");
        await _node.SpeakAsync(Alive);
    }

    [Fact]
    public async Task GoAway_WithARequestInFlight_IsAnsweredThenEnds()
    {
        var reading = ReadAsync();
        await _node.SpeakAsync([Asked, "> 02000000 0700 00000000  1800"]);
        await _node.SpeakAsync(Alive);
        Assert.False(_client.IsAlive);

        await _node.SpeakAsync(["> 04000000 0b00 01000000  00000000"]);

        Assert.Equal(ChunkReadResult.NotFound, await reading);
        await _node.EndsAsync();
    }

    [Theory]
    [InlineData("have for chunks", "1a000000 1100 01000000 " + NoFile + " 00 00 00000000 00000000", 16)]
    [InlineData("another request's", "04000000 0b00 02000000 00000000", 16)]
    [InlineData("another chunk is missing", "04000000 0b00 01000000 01000000", 17)]
    [InlineData("another chunk", "0b000000 0f00 01000000 01000000 0000 0100 02 00 00", 17)]
    [InlineData("another offset", "0b000000 0f00 01000000 00000000 0100 0200 02 00 00", 17)]
    public async Task Answer_OfAnotherKindOrPlace_EndsTheConnection(string what, string frame, int code)
    {
        var reading = ReadAsync();

        await _node.SpeakAsync([Asked, $"> {frame}"]);

        var end = await _node.ReadFrameAsync();
        Assert.Equal((8, 0, code), (BitConverter.ToUInt16(end, 4), BitConverter.ToInt32(end, 6), BitConverter.ToUInt16(end, 10)));
        await _node.EndsAsync();
        Assert.True(await reading == ChunkReadResult.Unavailable, what);
    }

    private Task<ChunkReadResult> ReadAsync(byte[]? destination = null)
    {
        var file = FileId.Read(Convert.FromHexString(NoFile));
        var request = new ChunkRequest(file, 0, 2, RequestPriority.Playing, Instant.Never);
        return _client.ReadAsync(request, destination ?? new byte[2 * 16_384]).AsTask();
    }
}
