using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Testing;
using static SpotifyCore.Protocol.Tests.Support.NodeDialogue;

namespace SpotifyCore.Protocol.Tests.Wire;

/// <summary>
/// What the specification says of versions, of requests in flight, of lists and of silence, spoken in bytes to a node
/// over a plain socket:
/// <list type="table">
/// <listheader><term>sentence</term><description>test</description></listheader>
/// <item><term>the newest version both speak</term><description><see cref="Hello_ARangeOfVersions_GivesTheNewestCommon"/></description></item>
/// <item><term>what a version lacks ends the connection</term><description><see cref="Kind_OfALaterVersion_EndsTheConnection"/></description></item>
/// <item><term>5 s for a hello</term><description><see cref="Hello_ThatDoesNotCome_IsGivenUp"/></description></item>
/// <item><term>64 requests in flight</term><description><see cref="Request_BeyondSixtyFour_EndsTheConnection"/></description></item>
/// <item><term>cancel</term><description><see cref="Cancel_OfWhatIsInFlight_EndsItWith21"/></description></item>
/// <item><term>flags and milliseconds, at a node</term><description><see cref="ChunkRequest_LocalOnlyAndPriority_ReachTheSource"/></description></item>
/// <item><term>a manifest in pieces</term><description><see cref="Manifest_OfManyBytes_ComesInPieces"/></description></item>
/// <item><term>lists</term><description><see cref="List_PageAfterPage_IsAsWritten"/>, <see cref="List_WhereNoneAreOffered_Is8"/></description></item>
/// <item><term>pings; an error with id 0</term><description><see cref="Pings_AreAnsweredInTheirOrder"/>,
/// <see cref="Error_WithoutARequest_IsFollowedByTheEnd"/></description></item>
/// <item><term>silence, with a peer and without</term><description><see cref="Silence_IsPingedAndThenEnded"/></description></item>
/// </list>
/// </summary>
public sealed class NodeLifeRulesTests : IAsyncLifetime, IHeldFiles
{
    private static readonly TestFile File = TestFile.Create(73, 3);
    private static readonly TestFile Large = TestFile.Create(74, 12 << 20);
    private readonly ManualTimeProvider _time = new();
    private readonly FileShelf _shelf = new FileShelf().With(File, Large);
    private readonly GatedSource _source;
    private readonly FileId[] _files = [.. Enumerable.Range(1, 3).Select(static n => new FileId(new Id128((ulong)n, 0)))];
    private ServerFixture _server = null!;

    public NodeLifeRulesTests() => _source = new GatedSource(_shelf);

    public async Task InitializeAsync() =>
        _server = await ServerFixture.TcpAsync(new ChunkServerBackend(_source, _shelf, Held: this), null, _time);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("0100 0100", "0100")]
    [InlineData("0100 0200", "0200")]
    [InlineData("0200 0900", "0300")]
    [InlineData("0300 0300", "0300")]
    public async Task Hello_ARangeOfVersions_GivesTheNewestCommon(string range, string chosen)
    {
        await using var dialogue = await DialAsync(_server);
        await dialogue.SpeakAsync(
        [
            $"> 0e000000 0100 00000000  53435031 {range} 01 00 e60f 4000",
            $"< 08000000 0200 00000000  {chosen} 02 00 0000 4000",
        ]);
    }

    [Theory]
    [InlineData(1, "19000000 1700 00000000 0100000000000000 000102030405060708090a0b0c0d0e0f 01")]
    [InlineData(1, "09000000 1800 00000000 0100000000000000 00")]
    [InlineData(2, "12000000 1900 01000000 00000000000000000000000000000000 0100")]
    public async Task Kind_OfALaterVersion_EndsTheConnection(int version, string frame)
    {
        await using var dialogue = await GreetAsync(_server, version);
        await dialogue.SpeakAsync([$"> {frame}", Error(0, 11)]);
        await EndsAsync(dialogue, _time);
    }

    [Fact]
    public async Task Hello_ThatDoesNotCome_IsGivenUp()
    {
        await using var dialogue = await DialAsync(_server);
        await dialogue.SendAsync("0e000000 0100");
        await _time.AdvanceUntilAsync(dialogue.ReceiveAsync(Error(0, 19)[1..]));
        await EndsAsync(dialogue, _time);
    }

    [Fact]
    public async Task Request_BeyondSixtyFour_EndsTheConnection()
    {
        _source.Close(File.Chunk(0));
        await using var dialogue = await GreetAsync(_server, 1);
        await dialogue.SendAsync(string.Concat(Enumerable.Range(1, 64).Select(static request => Ask(request))));
        await dialogue.SpeakAsync(PingPong);
        await dialogue.SpeakAsync([$"> {Ask(65)}", Error(0, 14)]);
        await EndsAsync(dialogue, _time);
    }

    [Fact]
    public async Task Cancel_OfWhatIsInFlight_EndsItWith21()
    {
        _source.Close(File.Chunk(0));
        await using var dialogue = await GreetAsync(_server, 1);
        await dialogue.SendAsync(Ask(1));
        await _source.NextAskedAsync();
        await dialogue.SpeakAsync($"> 00000000 0900 01000000\n{PingPong}");
        _source.Open(File.Chunk(0));
        await dialogue.SpeakAsync([Error(1, 21)]);
        await dialogue.SpeakAsync(PingPong);
    }

    [Theory]
    [InlineData("00 00", RequestPriority.Playing, false)]
    [InlineData("01 01", RequestPriority.Prefetch, true)]
    [InlineData("02 01", RequestPriority.OfflineSync, true)]
    public async Task ChunkRequest_LocalOnlyAndPriority_ReachTheSource(
        string fields, RequestPriority priority, bool isLocalOnly)
    {
        await using var dialogue = await GreetAsync(_server, 1);
        dialogue["chunk"] = File.Bytes(0).ToArray();
        await dialogue.SpeakAsync(
        [
            $"> 1c000000 0e00 01000000  {Hex(File.Id)} 00000000 0100 {fields} 00000000",
            "< 0d000000 0f00 01000000  00000000 0000 0300 03 00 {chunk}",
        ]);
        Assert.True(_source.Asked.TryPeek(out var asked));
        Assert.Equal((priority, isLocalOnly), (asked.Priority, asked.LocalOnly));
    }

    [Fact]
    public async Task Manifest_OfManyBytes_ComesInPieces()
    {
        await using var dialogue = await GreetAsync(_server, 1);
        await dialogue.SendAsync($"12000000 0c00 01000000  {Hex(Large.Id)} 00 00");
        var total = Large.Manifest.Bytes.Length;
        var heard = new List<byte>();
        while (heard.Count < total)
        {
            var frame = await dialogue.ReadFrameAsync();
            Assert.Equal((13, 1), (BitConverter.ToUInt16(frame, 4), BitConverter.ToInt32(frame, 6)));
            Assert.Equal((heard.Count, total), (BitConverter.ToInt32(frame, 10), BitConverter.ToInt32(frame, 14)));
            Assert.InRange(frame.Length - 18, 1, 16_384);
            heard.AddRange(frame[18..]);
        }

        Assert.True(total > 16_384);
        Assert.Equal(Large.Manifest.Bytes.ToArray(), heard.ToArray());
        await dialogue.SpeakAsync(PingPong);
    }

    [Fact]
    public async Task List_PageAfterPage_IsAsWritten()
    {
        await using var dialogue = await GreetAsync(_server, 3);
        await dialogue.SpeakAsync(
        [
            $"> 12000000 1900 01000000  {Hex(default)} 0200",
            $"< 21000000 1a00 01000000  01 {Hex(_files[0])} {Hex(_files[1])}",
            $"> 12000000 1900 02000000  {Hex(_files[1])} 0004",
            $"< 11000000 1a00 02000000  00 {Hex(_files[2])}",
            $"> 12000000 1900 03000000  {Hex(_files[2])} 0100",
            "< 01000000 1a00 03000000  00",
        ]);
    }

    [Fact]
    public async Task List_WhereNoneAreOffered_Is8()
    {
        await using var server = await ServerFixture.TcpAsync(new ChunkServerBackend(_source, _shelf));
        await using var dialogue = await GreetAsync(server, 3);
        await dialogue.SpeakAsync([$"> 12000000 1900 01000000  {Hex(default)} 0100", Error(1, 8)]);
        await dialogue.SpeakAsync(PingPong);
    }

    [Theory]
    [InlineData(1, 240)]
    [InlineData(2, 45)]
    public async Task Silence_IsPingedAndThenEnded(int role, int seconds)
    {
        await using var dialogue = await DialAsync(_server);
        await dialogue.SpeakAsync(
        [
            $"> 0e000000 0100 00000000  53435031 0100 0100 0{role} 00 e60f 4000",
            "< 08000000 0200 00000000  0100 02 00 0000 4000",
        ]);
        var began = _time.GetUtcNow();
        dialogue.Expect("any", 4);
        await _time.AdvanceUntilAsync(dialogue.ReceiveAsync("00000000 0500 {any}"));
        Assert.True(_time.GetUtcNow() - began >= TimeSpan.FromSeconds(seconds));

        // An answer is a sign of life; after it, silence begins anew.
        await dialogue.SendAsync("00000000 0600 {any}");
        await dialogue.SpeakAsync(PingPong);
        dialogue.Expect("next", 4);
        await _time.AdvanceUntilAsync(dialogue.ReceiveAsync("00000000 0500 {next}"));
        await _time.AdvanceUntilAsync(dialogue.ReceiveAsync(Error(0, 20)[1..]));
        await EndsAsync(dialogue, _time);
    }

    [Fact]
    public async Task Pings_AreAnsweredInTheirOrder()
    {
        await using var dialogue = await GreetAsync(_server, 1);
        await dialogue.SpeakAsync(
        [
            "> 00000000 0500 07000000 00000000 0500 00000000 00000000 0500 03000000",
            "< 00000000 0600 07000000 00000000 0600 00000000 00000000 0600 03000000",
        ]);
    }

    [Fact]
    public async Task Error_WithoutARequest_IsFollowedByTheEnd()
    {
        await using var dialogue = await GreetAsync(_server, 1);
        await dialogue.SendAsync("02000000 0800 00000000  1900");
        await EndsAsync(dialogue, _time);
    }

    public bool Holds(FileId file) => _files.Contains(file);

    public ValueTask<FilePage> ListAsync(FileId after, int limit, CancellationToken cancellationToken = default)
    {
        FileId[] rest = [.. _files.Where(file => file.CompareTo(after) > 0)];
        return ValueTask.FromResult(new FilePage([.. rest.Take(limit)], rest.Length > limit));
    }

    private static string Ask(int request) =>
        $"1c000000 0e00 {Little(request)}  {Hex(File.Id)} 00000000 0100 00 00 00000000 ";
}
