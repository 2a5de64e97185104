using SpotifyCore.Node.Tests.Composition;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Node.Tests.Trust;

public sealed class TicketKeyFetcherTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private readonly TestTrust _trust = new();
    private readonly Dictionary<uint, byte[]> _published = [];
    private TestNode _node = null!;

    public Task InitializeAsync()
    {
        _node = new TestNode(_directory["master"], isMaster: true);
        _published.Add(7, _trust.PublicKey);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        _trust.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Start_AccessPointInReach_KnowsTheKeysBeforeItServes()
    {
        await using var accessPoint = await KeyPublisher.StartAsync("http://127.0.0.1:0", () => _published);
        await _node.StartAsync("--access-point", accessPoint.Addresses[0]);

        await using var client = await _trust.ConnectAsync(_node.Address, TicketScope.Fetch);
        Assert.True(client.IsAlive);
    }

    [Fact]
    public async Task Start_AccessPointComesLater_KnowsTheKeysThen()
    {
        var address = $"http://127.0.0.1:{FreePort.Take()}";
        await _node.StartAsync("--access-point", address);
        await Assert.ThrowsAsync<ProtocolException>(() => _trust.ConnectAsync(_node.Address, TicketScope.Fetch));

        await using var accessPoint = await KeyPublisher.StartAsync(address, () => _published);

        await Eventually.TrueAsync(CanConnectAsync);
    }

    [Fact]
    public async Task Refresh_AccessPointChangesItsKey_IsFollowed()
    {
        IReadOnlyDictionary<uint, byte[]> published = new Dictionary<uint, byte[]>();
        await using var accessPoint = await KeyPublisher.StartAsync("http://127.0.0.1:0", () => published);
        await _node.StartAsync("--access-point", accessPoint.Addresses[0], "--key-refresh", "50ms");
        Assert.False(await CanConnectAsync());

        published = _published;

        await Eventually.TrueAsync(CanConnectAsync);
    }

    [Fact]
    public async Task Ticket_OfAnUnknownKey_MakesTheNodeAskLongBeforeItsTime()
    {
        IReadOnlyDictionary<uint, byte[]> published = new Dictionary<uint, byte[]>();
        await using var accessPoint = await KeyPublisher.StartAsync("http://127.0.0.1:0", () => published);
        await _node.StartAsync("--access-point", accessPoint.Addresses[0], "--key-refresh", "1h");
        published = _published;

        await Eventually.TrueAsync(CanConnectAsync);
    }

    [Fact]
    public async Task Refresh_KeyThatIsReplaced_IsForgotten()
    {
        IReadOnlyDictionary<uint, byte[]> published = _published;
        await using var accessPoint = await KeyPublisher.StartAsync("http://127.0.0.1:0", () => published);
        await _node.StartAsync("--access-point", accessPoint.Addresses[0], "--key-refresh", "50ms");
        await Eventually.TrueAsync(CanConnectAsync);

        published = new Dictionary<uint, byte[]> { [8] = _trust.PublicKey };

        await Eventually.TrueAsync(async () => !await CanConnectAsync());
    }

    private async Task<bool> CanConnectAsync()
    {
        try
        {
            await using var client = await _trust.ConnectAsync(_node.Address, TicketScope.Fetch);
            return true;
        }
        catch (ProtocolException refused)
        {
            Assert.Equal(ProtocolCode.TicketInvalid, refused.Code);
            return false;
        }
    }
}
