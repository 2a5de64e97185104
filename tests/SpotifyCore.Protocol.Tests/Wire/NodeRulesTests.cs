using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Testing;
using static SpotifyCore.Protocol.Tests.Support.NodeDialogue;

namespace SpotifyCore.Protocol.Tests.Wire;

/// <summary>
/// What the specification says of frames, ids, answers and ends, spoken in bytes to a node over a plain socket:
/// <list type="table">
/// <listheader><term>section</term><description>tests</description></listheader>
/// <item><term>Frame: what does not fit; an unknown enumeration value</term>
/// <description><see cref="Frame_ThatDoesNotFit_EndsTheConnection"/></description></item>
/// <item><term>Unasked</term><description><see cref="Unasked_FramesThatMayCome_AreTaken"/></description></item>
/// <item><term>With the hello</term><description><see cref="WithTheHello_Requests_AreAnsweredBehindTheReply"/>,
/// <see cref="WithTheHello_RefusedHello_DropsThem"/>, <see cref="Hello_NotFirstOrTwice_IsOutOfTurn"/></description></item>
/// <item><term>Requests: where ids begin</term><description><see cref="Ids_FromOneOn_MaySkipAndWrap"/>,
/// <see cref="Ids_NotNewer_EndTheConnection"/></description></item>
/// <item><term>Requests: ranges</term><description><see cref="Range_PastTheFilesEnd_IsNoFault"/>,
/// <see cref="Range_EmptyLongOrOutOfBounds_EndsTheConnection"/></description></item>
/// <item><term>Unmatched answers, cancels</term><description><see cref="Answer_ToNothing_EndsTheConnection"/>,
/// <see cref="Cancel_OfWhatIsOver_IsIgnored"/></description></item>
/// <item><term>Go-away</term><description><see cref="GoAway_OfTheInitiator_IsFollowedByTheEnd"/>,
/// <see cref="GoAway_OfTheNode_RefusesWhatIsNewAndFinishesTheRest"/></description></item>
/// </list>
/// </summary>
public sealed class NodeRulesTests : IAsyncLifetime
{
    private const string Hello = "> 0e000000 0100 00000000  53435031 0100 0200 01 00 0000 4000";
    private const string Reply = "< 08000000 0200 00000000  0200 02 00 0000 4000";
    private const string NoFile = "000102030405060708090a0b0c0d0e0f";

    private static readonly TestFile File = TestFile.Create(71, Manifest.ChunkSize + 3);
    private readonly ManualTimeProvider _time = new();
    private readonly GatedSource _source = new(new FileShelf().With(File));
    private ServerFixture _server = null!;

    private static string FileHex => Hex(File.Id);

    public async Task InitializeAsync() =>
        _server = await ServerFixture.TcpAsync(new(_source, new FileShelf().With(File)), null, _time);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("unknown kind", "00000000 1b00 00000000", 11)]
    [InlineData("a kind of a later version", "12000000 1900 01000000 " + NoFile + " 0100", 11)]
    [InlineData("kind 0", "00000000 0000 00000000", 11)]
    [InlineData("too long", "41400000 0f00 01000000", 10)]
    [InlineData("role in a second hello's place", "0d000000 0100 00000000 53435031 0100 0200 01 00 0000 40", 12)]
    [InlineData("ticket too long", "01020000 0400 00000000 {513}", 12)]
    [InlineData("ping with a tail", "01000000 0500 01000000 00", 12)]
    [InlineData("chunk-data without bytes", "0a000000 0f00 01000000 00000000 0000 0500 02 00", 12)]
    [InlineData("go-away with an id", "02000000 0700 01000000 1800", 12)]
    [InlineData("request without an id", "10000000 1000 00000000 " + NoFile, 12)]
    [InlineData("reserved byte", "1a000000 1100 00000000 " + NoFile + " 00 01 00000000 00000000", 12)]
    [InlineData("reserved flag", "12000000 0c00 01000000 " + NoFile + " 00 02", 12)]
    [InlineData("unknown priority", "12000000 0c00 01000000 " + NoFile + " 03 00", 12)]
    [InlineData("unknown tier", "0b000000 0f00 01000000 00000000 0000 0100 05 00 00", 12)]
    [InlineData("tier 0", "0b000000 0f00 01000000 00000000 0000 0100 00 00 00", 12)]
    [InlineData("unknown holding", "1a000000 1100 00000000 " + NoFile + " 03 00 00000000 00000000", 12)]
    [InlineData("unknown state", "01000000 1300 01000000 02", 12)]
    [InlineData("hops", "19000000 1700 00000000 0100000000000000 " + NoFile + " 02", 12)]
    [InlineData("chunk index", "0b000000 0f00 01000000 00000400 0000 0100 02 00 00", 18)]
    [InlineData("bitmap out of bounds", "1b000000 1100 00000000 " + NoFile + " 02 00 00000400 01000000 01", 18)]
    public async Task Frame_ThatDoesNotFit_EndsTheConnection(string what, string frame, int code)
    {
        Assert.NotEmpty(what);
        await using var dialogue = await DialAsync();
        dialogue["513"] = new byte[513];
        await dialogue.SpeakAsync([Hello, Reply, $"> {frame}", Error(0, code)]);
        await EndsAsync(dialogue);
    }

    [Theory]
    [InlineData("0e000000 0100 00000000 53435032 0100 0200 01 00 0000 4000", 1)]
    [InlineData("0e000000 0100 00000000 53435031 0100 0200 04 00 0000 4000", 12)]
    [InlineData("0e000000 0100 00000000 53435031 0100 0200 01 01 0000 4000", 12)]
    [InlineData("00000000 0500 01000000", 13)]
    [InlineData("10000000 1000 01000000 " + NoFile, 13)]
    public async Task Hello_NotFirstOrTwice_IsOutOfTurn(string frame, int code)
    {
        await using var dialogue = await DialAsync();
        await dialogue.SpeakAsync([$"> {frame}", Error(0, code)]);
        await EndsAsync(dialogue);
    }

    [Fact]
    public async Task WithTheHello_Requests_AreAnsweredBehindTheReply()
    {
        await using var dialogue = await DialAsync();
        dialogue["last"] = File.Bytes(1).ToArray();

        await dialogue.SpeakAsync(
        [
            $"{Hello} {Ask(1, FileHex, 1, 1)} 10000000 1000 02000000 {NoFile}", Reply,
            "< 0d000000 0f00 01000000  01000000 0000 0300 03 00 {last}",
            $"< 1a000000 1100 02000000 {NoFile} 00 00 00000000 00000000",
        ]);
    }

    [Fact]
    public async Task WithTheHello_RefusedHello_DropsThem()
    {
        await using var dialogue = await DialAsync();
        dialogue["text"] = "No common protocol version."u8.ToArray();

        await dialogue.SpeakAsync(
        [
            $"> 0e000000 0100 00000000  53435031 0900 0a00 01 00 0000 4000 {Ask(1, FileHex, 0, 1)}",
            "< 1d000000 0300 00000000  0200 {text}",
        ]);
        await EndsAsync(dialogue);
    }

    [Fact]
    public async Task Unasked_FramesThatMayCome_AreTaken()
    {
        await using var dialogue = await DialAsync();

        await dialogue.SpeakAsync(
        [
            Hello, Reply, $"> 1a000000 1100 00000000 {NoFile} 01 00 00000000 00000000", "> 00000000 0400 00000000",
            $"> 19000000 1700 00000000 0100000000000000 {NoFile} 01", "> 09000000 1800 00000000 0100000000000000 00",
        ]);
        await dialogue.SpeakAsync(PingPong);
    }

    [Fact]
    public async Task Ids_FromOneOn_MaySkipAndWrap()
    {
        await using var dialogue = await DialAsync();
        await dialogue.SpeakAsync([Hello, Reply]);
        foreach (var id in new[] { "01000000", "03000000", "00000080", "feffffff", "ffffffff", "01000000" })
        {
            await dialogue.SpeakAsync(
            [
                $"> 10000000 1000 {id} {NoFile}", $"< 1a000000 1100 {id} {NoFile} 00 00 00000000 00000000",
            ]);
        }
    }

    [Theory]
    [InlineData("ffffff7f", "ffffff7f")]
    [InlineData("05000000", "04000000")]
    [InlineData("", "00000080")]
    [InlineData("", "ffffffff")]
    public async Task Ids_NotNewer_EndTheConnection(string before, string id)
    {
        await using var dialogue = await DialAsync();
        await dialogue.SpeakAsync([Hello, Reply]);
        if (before.Length > 0)
        {
            await dialogue.SpeakAsync(
            [
                $"> 10000000 1000 {before} {NoFile}", $"< 1a000000 1100 {before} {NoFile} 00 00 00000000 00000000",
            ]);
        }

        await dialogue.SpeakAsync([$"> 10000000 1000 {id} {NoFile}", Error(0, 15)]);
        await EndsAsync(dialogue);
    }

    [Fact]
    public async Task Range_PastTheFilesEnd_IsNoFault()
    {
        await using var dialogue = await DialAsync();
        dialogue["last"] = File.Bytes(1).ToArray();

        await dialogue.SpeakAsync(
        [
            Hello, Reply, $"> {Ask(1, FileHex, 1, 64)}", "< 0d000000 0f00 01000000  01000000 0000 0300 03 00 {last}",
            "< 04000000 0b00 01000000  02000000",
        ]);
        await dialogue.SpeakAsync(PingPong);
    }

    [Theory]
    [InlineData("00000000 0000")]
    [InlineData("00000000 4100")]
    [InlineData("ffff0300 0200")]
    [InlineData("00000400 0100")]
    [InlineData("ffffffff 0100")]
    public async Task Range_EmptyLongOrOutOfBounds_EndsTheConnection(string range)
    {
        await using var dialogue = await DialAsync();

        await dialogue.SpeakAsync(
            [Hello, Reply, $"> 1c000000 0e00 01000000  {FileHex} {range} 00 00 00000000", Error(0, 18)]);
        await EndsAsync(dialogue);
    }

    [Theory]
    [InlineData("pong", "00000000 0600 01000000")]
    [InlineData("not-found", "04000000 0b00 01000000 00000000")]
    [InlineData("busy", "04000000 0a00 01000000 00000000")]
    [InlineData("error", "02000000 0800 01000000 1900")]
    [InlineData("have", "1a000000 1100 01000000 " + NoFile + " 00 00 00000000 00000000")]
    [InlineData("manifest-data", "09000000 0d00 01000000 00000000 01000000 00")]
    [InlineData("chunk-data", "0b000000 0f00 01000000 00000000 0000 0100 02 00 00")]
    [InlineData("put-ready", "01000000 1300 01000000 00")]
    [InlineData("put-committed", "00000000 1600 01000000")]
    [InlineData("cancel of what was never made", "00000000 0900 01000000")]
    public async Task Answer_ToNothing_EndsTheConnection(string what, string frame)
    {
        Assert.NotEmpty(what);
        await using var dialogue = await DialAsync();
        await dialogue.SpeakAsync([Hello, Reply, $"> {frame}", Error(0, 16)]);
        await EndsAsync(dialogue);
    }

    [Fact]
    public async Task Cancel_OfWhatIsOver_IsIgnored()
    {
        await using var dialogue = await DialAsync();

        await dialogue.SpeakAsync(
        [
            Hello, Reply, $"> 10000000 1000 01000000 {NoFile}",
            $"< 1a000000 1100 01000000 {NoFile} 00 00 00000000 00000000", "> 00000000 0900 01000000",
        ]);
        await dialogue.SpeakAsync(PingPong);
    }

    [Fact]
    public async Task GoAway_OfTheInitiator_IsFollowedByTheEnd()
    {
        await using var dialogue = await DialAsync();
        _source.Close(File.Chunk(1));
        dialogue["last"] = File.Bytes(1).ToArray();
        await dialogue.SpeakAsync([Hello, Reply, $"> {Ask(1, FileHex, 1, 1)} 02000000 0700 00000000 1800"]);
        await _source.NextAskedAsync();
        await dialogue.SpeakAsync(PingPong);

        _source.Open(File.Chunk(1));
        await dialogue.SpeakAsync(["< 0d000000 0f00 01000000  01000000 0000 0300 03 00 {last}"]);
        await EndsAsync(dialogue);
    }

    [Fact]
    public async Task GoAway_OfTheNode_RefusesWhatIsNewAndFinishesTheRest()
    {
        await using var dialogue = await DialAsync();
        _source.Close(File.Chunk(1));
        dialogue["last"] = File.Bytes(1).ToArray();
        dialogue["text"] = "Going away."u8.ToArray();
        await dialogue.SpeakAsync([Hello, Reply, $"> {Ask(1, FileHex, 1, 1)}"]);
        await _source.NextAskedAsync();

        var stopped = _server.StopAsync();
        await dialogue.SpeakAsync(
        [
            "< 0d000000 0700 00000000  1800 {text}", $"> {Ask(2, FileHex, 1, 1)}", Error(2, 24),
        ]);
        _source.Open(File.Chunk(1));
        await dialogue.SpeakAsync(["< 0d000000 0f00 01000000  01000000 0000 0300 03 00 {last}"]);
        await EndsAsync(dialogue);
        await _time.AdvanceUntilAsync(stopped);
    }

    private static string Ask(int request, string file, int first, int count) =>
        $"1c000000 0e00 {request:x2}000000  {file} {first:x2}000000 {count:x2}00 00 00 00000000";

    private Task<WireDialogue> DialAsync() => NodeDialogue.DialAsync(_server);

    private Task EndsAsync(WireDialogue dialogue) => NodeDialogue.EndsAsync(dialogue, _time);
}
