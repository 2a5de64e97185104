using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Client.Peering;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Testing;

namespace SpotifyCore.Client.Tests.Peering;

public sealed class LingeringConnectionsTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly MemoryTransport _transport = new(new MemoryNetwork());
    private readonly ClientLoop _loop = new(NullLogger.Instance);
    private readonly LoopContext _context;
    private readonly LingeringConnections _lingering;
    private IConnectionListener? _listener;

    public LingeringConnectionsTests()
    {
        _context = new LoopContext(
            _loop, new SlotPool(1, _loop), new BackgroundWork(NullLogger.Instance), _time, NullLogger.Instance);
        _lingering = new LingeringConnections(_context);
    }

    public async Task InitializeAsync()
    {
        _listener = await _transport.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0));
        _loop.Start();
    }

    public async Task DisposeAsync()
    {
        await _loop.CallAsync(() => _lingering.Trim(0));
        await _context.Background.WhenIdleAsync();
        await _listener!.DisposeAsync();
        await _loop.DisposeAsync();
    }

    [Fact]
    public async Task Trim_MoreThanSo_ClosesTheOldestAtOnce()
    {
        var oldest = await LingerAsync();
        var latest = await LingerAsync();

        await _loop.CallAsync(() => _lingering.Trim(1));

        await GoneAsync(oldest);
        await latest.SendAsync(new byte[1]);
        Assert.Equal(1, await _loop.CallAsync(() => _lingering.Count));
    }

    [Fact]
    public async Task Count_FarSideHasClosed_IsNone()
    {
        var far = await LingerAsync();
        Assert.Equal(1, await _loop.CallAsync(() => _lingering.Count));

        await far.DisposeAsync();

        await Eventually.TrueAsync(async () => await _loop.CallAsync(() => _lingering.Count) == 0);
    }

    /// <summary>A connection whose other side has said its last; returns the far end once it has read so.</summary>
    private async Task<IConnection> LingerAsync()
    {
        var far = await _transport.ConnectAsync(new NodeAddress(null, "memory", _listener!.EndPoint.Port));
        var near = (await _listener.AcceptAsync())!;
        near.EndSending();
        var ended = new TaskCompletionSource();
        _ = EndAsync(near, ended);
        await _loop.CallAsync(() => _lingering.Add(near, ended));
        Assert.Equal(0, await far.ReceiveAsync(new byte[1]));
        return far;
    }

    private static async Task EndAsync(IConnection near, TaskCompletionSource ended)
    {
        var dropped = new byte[16];
        try
        {
            while (await near.ReceiveAsync(dropped) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Disposed of.
        }

        ended.TrySetResult();
    }

    private static Task GoneAsync(IConnection far) => Eventually.TrueAsync(async () =>
    {
        try
        {
            await far.SendAsync(new byte[1]);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    });
}
