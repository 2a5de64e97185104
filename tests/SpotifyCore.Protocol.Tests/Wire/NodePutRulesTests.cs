using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Testing;
using static SpotifyCore.Protocol.Tests.Support.NodeDialogue;

namespace SpotifyCore.Protocol.Tests.Wire;

/// <summary>
/// What the specification says of puts, spoken in bytes to a node over a plain socket:
/// <list type="table">
/// <listheader><term>sentence</term><description>test</description></listheader>
/// <item><term>the manifest in pieces; chunks in any order, each in pieces; the commit</term>
/// <description><see cref="Put_InPiecesAndAnyOrder_IsCommitted"/></description></item>
/// <item><term>held already</term><description><see cref="Put_OfWhatIsHeld_IsOverAtOnce"/></description></item>
/// <item><term>22 and 23; what is still sent is dropped</term><description><see cref="Put_OfWrongBytes_IsOverAndTheRestDropped"/>,
/// <see cref="Put_OfAnotherManifest_IsOver"/>, <see cref="Put_CommittedTooEarly_IsOver"/></description></item>
/// <item><term>cancel and the end leave nothing</term>
/// <description><see cref="Put_CancelledOrCutOff_LeavesNothing"/></description></item>
/// <item><term>4 at once</term><description><see cref="Put_AFifthAtOnce_IsOverALimit"/></description></item>
/// <item><term>what comes too early, or mixed</term>
/// <description><see cref="Put_OutOfTurn_EndsTheConnection"/></description></item>
/// <item><term>not offered</term><description><see cref="Put_WhereNoneAreTaken_IsNotOffered"/></description></item>
/// </list>
/// </summary>
public sealed class NodePutRulesTests : IAsyncLifetime
{
    private static readonly TestFile File = TestFile.Create(72, Manifest.ChunkSize + 3);
    private readonly ManualTimeProvider _time = new();
    private readonly FileShelf _shelf = new();
    private ServerFixture _server = null!;

    public async Task InitializeAsync() => _server = await ServerFixture.TcpAsync(_shelf.Backend, null, _time);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Put_InPiecesAndAnyOrder_IsCommitted()
    {
        await using var dialogue = await GreetAsync(_server, 1);
        var manifest = File.Manifest.Bytes.ToArray();
        await dialogue.SpeakAsync(
        [
            Begin(1, 0, manifest.Length, manifest[..10]), Begin(1, 10, manifest.Length, manifest[10..]), Ready(1),
            Chunk(1, 1, 0, 3), Chunk(1, 0, 0, 4_096), Chunk(1, 0, 4_096, Manifest.ChunkSize),
            "> 00000000 1500 01000000", "< 00000000 1600 01000000",
            $"> 10000000 1000 02000000  {Hex(File.Id)}",
            $"< 1a000000 1100 02000000  {Hex(File.Id)} 01 00 00000000 00000000",
        ]);
        Assert.Equal(File.Bytes(0).ToArray(), _shelf.Taken(File.Chunk(0)));
        Assert.Equal(File.Bytes(1).ToArray(), _shelf.Taken(File.Chunk(1)));
    }

    [Fact]
    public async Task Put_OfWhatIsHeld_IsOverAtOnce()
    {
        _shelf.With(File);
        await using var dialogue = await GreetAsync(_server, 1);
        await dialogue.SpeakAsync([Begin(1), "< 01000000 1300 01000000  01"]);
        await dialogue.SpeakAsync([Chunk(1, 1, 0, 3)]);
        await dialogue.SpeakAsync(PingPong);
    }

    [Fact]
    public async Task Put_OfWrongBytes_IsOverAndTheRestDropped()
    {
        await using var dialogue = await GreetAsync(_server, 1);
        await dialogue.SpeakAsync(
        [
            Begin(1), Ready(1), "> 0b000000 1400 01000000  01000000 0000 0300 ffffff", Error(1, 22),
            Chunk(1, 0, 0, Manifest.ChunkSize), "> 00000000 1500 01000000",
        ]);
        await dialogue.SpeakAsync(PingPong);
        Assert.Null(_shelf.Taken(File.Chunk(0)));
    }

    [Fact]
    public async Task Put_OfAnotherManifest_IsOver()
    {
        await using var dialogue = await GreetAsync(_server, 1);
        var manifest = File.Manifest.Bytes.ToArray();
        manifest[^1] ^= 1;
        await dialogue.SpeakAsync([Begin(1, 0, manifest.Length, manifest), Error(1, 22)]);
        await dialogue.SpeakAsync(PingPong);
    }

    [Fact]
    public async Task Put_CommittedTooEarly_IsOver()
    {
        await using var dialogue = await GreetAsync(_server, 1);
        await dialogue.SpeakAsync([Begin(1), Ready(1), Chunk(1, 1, 0, 3), "> 00000000 1500 01000000", Error(1, 23)]);
        await dialogue.SpeakAsync(PingPong);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_CancelledOrCutOff_LeavesNothing(bool cancelled)
    {
        await using (var dialogue = await GreetAsync(_server, 1))
        {
            await dialogue.SpeakAsync([Begin(1), Ready(1), Chunk(1, 0, 0, Manifest.ChunkSize)]);
            if (cancelled)
                await dialogue.SpeakAsync(["> 00000000 0900 01000000", Error(1, 21)]);
        }

        await using var again = await GreetAsync(_server, 1);
        await again.SpeakAsync([Begin(1), Ready(1), Chunk(1, 1, 0, 3), "> 00000000 1500 01000000", Error(1, 23)]);
        Assert.Null(_shelf.Taken(File.Chunk(0)));
    }

    [Fact]
    public async Task Put_AFifthAtOnce_IsOverALimit()
    {
        await using var dialogue = await GreetAsync(_server, 1);
        for (var request = 1; request <= 4; request++)
            await dialogue.SpeakAsync([Begin(request), Ready(request)]);

        await dialogue.SpeakAsync([Begin(5), Error(5, 9)]);
        await dialogue.SpeakAsync(["> 00000000 0900 01000000", Error(1, 21), Begin(6), Ready(6)]);
    }

    [Theory]
    [InlineData("a chunk before the manifest is whole", false, "0b000000 1400 01000000 01000000 0000 0300 000000", 13)]
    [InlineData("a commit before it is", false, "00000000 1500 01000000", 13)]
    [InlineData("more of it after it is", true, "19000000 1200 01000000 {file} 01000000 02000000 00", 13)]
    [InlineData("a chunk that begins with a hole", true, "09000000 1400 01000000 00000000 0100 0040 00", 17)]
    [InlineData("a commit in the middle of a chunk", true,
        "09000000 1400 01000000 00000000 0000 0040 00 00000000 1500 01000000", 13)]
    [InlineData("another chunk in the middle of one", true,
        "09000000 1400 01000000 00000000 0000 0040 00 09000000 1400 01000000 01000000 0000 0300 00", 17)]
    [InlineData("of no put", true, "00000000 1500 02000000", 16)]
    public async Task Put_OutOfTurn_EndsTheConnection(string what, bool isReady, string frames, int code)
    {
        Assert.NotEmpty(what);
        await using var dialogue = await GreetAsync(_server, 1);
        dialogue["file"] = Convert.FromHexString(Hex(File.Id));
        var manifest = File.Manifest.Bytes.ToArray();
        await dialogue.SpeakAsync(
            isReady ? [Begin(1), Ready(1)] : [Begin(1, 0, manifest.Length, manifest[..10])]);
        await dialogue.SpeakAsync([$"> {frames}", Error(0, code)]);
        await EndsAsync(dialogue, _time);
    }

    [Fact]
    public async Task Put_WhereNoneAreTaken_IsNotOffered()
    {
        await using var server = await ServerFixture.TcpAsync(new ChunkServerBackend(_shelf, _shelf));
        await using var dialogue = await GreetAsync(server, 1);
        await dialogue.SpeakAsync([Begin(1), Error(1, 8)]);
        await dialogue.SpeakAsync(PingPong);
    }

    private static string Begin(int request)
    {
        var manifest = File.Manifest.Bytes.ToArray();
        return Begin(request, 0, manifest.Length, manifest);
    }

    private static string Begin(int request, int offset, int total, byte[] piece) =>
        $"> {Little(24 + piece.Length)} 1200 {Little(request)}  {Hex(File.Id)} {Little(offset)} {Little(total)}"
        + $" {Convert.ToHexStringLower(piece)}";

    private static string Ready(int request) => $"< 01000000 1300 {Little(request)}  00";

    /// <summary>The bytes of a chunk from one place to another.</summary>
    private static string Chunk(int request, uint index, int from, int to)
    {
        var chunk = File.Bytes(index);
        return $"> {Little(8 + to - from)} 1400 {Little(request)}  {Little((int)index)} {Little(from)[..4]}"
            + $" {Little(chunk.Length)[..4]} {Convert.ToHexStringLower(chunk[from..to].Span)}";
    }
}
