using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Testing;
using static SpotifyCore.Protocol.Tests.Support.NodeDialogue;

namespace SpotifyCore.Protocol.Tests.Wire;

/// <summary>
/// What the specification says of the order in which a node serves, spoken in bytes to one over a plain socket; its
/// farther tier answers when a test lets it:
/// <list type="table">
/// <listheader><term>sentence</term><description>test</description></listheader>
/// <item><term>by priority, then by arrival; what comes from a farther tier lets others pass</term>
/// <description><see cref="Requests_BehindAFartherTier_AreServedByPriorityThenArrival"/></description></item>
/// <item><term>4 reads of farther tiers at once, one kept for playing</term>
/// <description><see cref="FartherTiers_FourAtOnce_OneOfThemKeptForPlaying"/></description></item>
/// <item><term>milliseconds within which an answer is of use</term>
/// <description><see cref="Request_WhoseTimeHasPassed_IsRefused"/></description></item>
/// <item><term>who closes first drops what still comes, for a second</term>
/// <description><see cref="End_AfterABrokenRule_LetsTheOtherSideSpeakForASecond"/></description></item>
/// </list>
/// </summary>
public sealed class NodeServingRulesTests : IAsyncLifetime
{
    private const int Playing = 0;
    private const int Prefetch = 1;
    private const int OfflineSync = 2;

    private static readonly TestFile File = TestFile.Create(75, 10 * Manifest.ChunkSize);
    private readonly ManualTimeProvider _time = new();
    private readonly GatedSource _source = new(new FileShelf().With(File));
    private ServerFixture _server = null!;
    private WireDialogue _dialogue = null!;

    public async Task InitializeAsync()
    {
        _server = await ServerFixture.TcpAsync(new(_source, new FileShelf().With(File)), null, _time);
        _dialogue = await GreetAsync(_server, 1);
    }

    public async Task DisposeAsync()
    {
        await _dialogue.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Requests_BehindAFartherTier_AreServedByPriorityThenArrival()
    {
        for (var request = 1; request <= 3; request++)
            await AskFartherAsync(request, Prefetch);

        // Three wait for the farther tier: what is for later waits with them, what plays does not.
        await _dialogue.SendAsync(
            Ask(4, OfflineSync) + Ask(5, Prefetch) + Ask(6, OfflineSync)
            + Ask(7, Playing) + Ask(8, Prefetch) + Ask(9, Playing));
        await AnsweredAsync(7, 9);
        await _dialogue.SpeakAsync(PingPong);

        _source.Open(File.Chunk(1));
        await AnsweredAsync(1, 5, 8, 4, 6);
    }

    [Fact]
    public async Task FartherTiers_FourAtOnce_OneOfThemKeptForPlaying()
    {
        for (var request = 1; request <= 3; request++)
            await AskFartherAsync(request, Prefetch);

        _source.Close(File.Chunk(4));
        await _dialogue.SendAsync(Ask(4, Prefetch));
        await AskFartherAsync(5, Playing);
        await _dialogue.SendAsync(Ask(6, Playing));
        await _dialogue.SpeakAsync(PingPong);
        Assert.Equal(4, _source.Asked.Count);

        _source.Open(File.Chunk(5));
        await AnsweredAsync(5, 6);
        await _dialogue.SpeakAsync(PingPong);
        Assert.DoesNotContain(_source.Asked, static asked => asked.First == 4);
    }

    [Fact]
    public async Task Request_WhoseTimeHasPassed_IsRefused()
    {
        for (var request = 1; request <= 3; request++)
            await AskFartherAsync(request, Prefetch);

        await _dialogue.SendAsync(Ask(4, Prefetch, milliseconds: 1_000) + Ask(5, Prefetch, milliseconds: 5_000));
        await _dialogue.SpeakAsync(PingPong);
        _time.Advance(TimeSpan.FromSeconds(2));
        _source.Open(File.Chunk(1));
        await AnsweredAsync(1);
        await _dialogue.SpeakAsync([Error(4, 28)]);
        await AnsweredAsync(5);
    }

    [Fact]
    public async Task End_AfterABrokenRule_LetsTheOtherSideSpeakForASecond()
    {
        // A pong to no ping.
        await _dialogue.SpeakAsync(["> 00000000 0600 01000000", Error(0, 16)]);
        await _dialogue.EndsAsync();

        // More than sockets hold: it is read, and dropped.
        _dialogue["megabyte"] = new byte[1 << 20];
        for (var sent = 0; sent < 16; sent++)
            await _dialogue.SendAsync("{megabyte}");

        _time.Advance(TimeSpan.FromMilliseconds(999));
        await _dialogue.SendAsync("{megabyte}");
        Assert.Equal(1, _server.Server.Usage.Connections);
        _time.Advance(TimeSpan.FromMilliseconds(200));
        await Eventually.TrueAsync(() => _server.Server.Usage.Connections == 0);
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true)
                await _dialogue.SendAsync("{megabyte}");
        });
    }

    /// <summary>Asks for the chunk of a request's number, which the source has to wait for.</summary>
    private async Task AskFartherAsync(int request, int priority)
    {
        _source.Close(File.Chunk((uint)request));
        await _dialogue.SendAsync(Ask(request, priority));
        await _source.NextAskedAsync();
    }

    /// <summary>These requests are answered next, each by a whole chunk.</summary>
    private async Task AnsweredAsync(params int[] requests)
    {
        foreach (var request in requests)
        {
            var frame = await _dialogue.ReadFrameAsync();
            Assert.Equal(
                (15, request, Manifest.ChunkSize + 20), (frame[4], BitConverter.ToInt32(frame, 6), frame.Length));
        }
    }

    private static string Ask(int request, int priority, int milliseconds = 0) =>
        $"1c000000 0e00 {Little(request)}  {Hex(File.Id)} {Little(request)} 0100 0{priority} 00"
        + $" {Little(milliseconds)} ";
}
