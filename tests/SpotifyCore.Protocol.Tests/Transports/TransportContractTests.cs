using System.Net;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Protocol.Tests.Transports;

/// <summary>What every transport promises.</summary>
public abstract class TransportContractTests : IAsyncLifetime
{
    private IConnectionListener _listener = null!;

    private protected abstract ITransport Client { get; }

    private protected abstract ITransport Server { get; }

    private protected abstract PeerId? ServerId { get; }

    private protected NodeAddress Address => new(ServerId, "127.0.0.1", _listener.EndPoint.Port);

    public async Task InitializeAsync() =>
        _listener = await Server.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0));

    public virtual async Task DisposeAsync() => await _listener.DisposeAsync();

    [Fact]
    public async Task Send_BothWays_ArrivesWhole()
    {
        var (near, far) = await OpenAsync();
        var sent = new byte[1_000_000];
        new Random(1).NextBytes(sent);

        await Task.WhenAll(
            SendAsync(near, sent), SendAsync(far, sent), ExpectAsync(far, sent), ExpectAsync(near, sent));

        await DisposeAsync(near, far);
    }

    [Fact]
    public async Task Receive_Empty_WaitsUntilBytesAreThere()
    {
        var (near, far) = await OpenAsync();
        var waiting = far.ReceiveAsync(Memory<byte>.Empty).AsTask();
        Assert.False(waiting.IsCompleted);

        await near.SendAsync(new byte[] { 1, 2, 3 });

        Assert.Equal(0, await waiting);
        Assert.Equal(3, await far.ReceiveAsync(new byte[10]));
        await DisposeAsync(near, far);
    }

    [Fact]
    public async Task SendAndReceive_Inline_ArriveWhole()
    {
        var (near, far) = await OpenAsync();
        near.CompleteInline();
        far.CompleteInline();
        var sent = new byte[4_000_000];
        new Random(2).NextBytes(sent);

        await Task.WhenAll(
            SendAsync(near, sent), SendAsync(far, sent), ExpectAsync(far, sent), ExpectAsync(near, sent));

        await DisposeAsync(near, far);
    }

    [Fact]
    public async Task Receive_FarSideGone_IsTheEnd()
    {
        var (near, far) = await OpenAsync();
        await near.SendAsync(new byte[] { 1 });
        await near.DisposeAsync();

        Assert.Equal(1, await far.ReceiveAsync(new byte[10]));
        Assert.Equal(0, await far.ReceiveAsync(new byte[10]));
        await far.DisposeAsync();
    }

    [Fact]
    public async Task Dispose_WhileReceiving_EndsTheReceive()
    {
        var (near, far) = await OpenAsync();
        var waiting = near.ReceiveAsync(new byte[10]).AsTask();

        await near.DisposeAsync();

        await AssertOverAsync(waiting);
        await AssertOverAsync(near.ReceiveAsync(new byte[10]).AsTask());
        await far.DisposeAsync();
    }

    [Fact]
    public async Task Receive_Cancelled_Throws()
    {
        var (near, far) = await OpenAsync();
        using var cancellation = new CancellationTokenSource();
        var waiting = near.ReceiveAsync(new byte[10], cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await DisposeAsync(near, far);
    }

    [Fact]
    public async Task Send_NobodyReads_WaitsAndEndsWithTheConnection()
    {
        var (near, far) = await OpenAsync();
        var sending = SendAsync(near, new byte[64 << 20]);

        Assert.False(sending.IsCompleted);
        await far.DisposeAsync();

        await Assert.ThrowsAsync<IOException>(() => sending);
        await near.DisposeAsync();
    }

    [Fact]
    public async Task Send_NobodyReads_CanBeCancelled()
    {
        var (near, far) = await OpenAsync();
        using var cancellation = new CancellationTokenSource();
        var sending = near.SendAsync(new byte[64 << 20], cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await DisposeAsync(near, far);
    }

    [Fact]
    public async Task Connect_NobodyThere_IsAnIOException()
    {
        await _listener.DisposeAsync();

        await Assert.ThrowsAsync<IOException>(() => Client.ConnectAsync(Address).AsTask());
    }

    [Fact]
    public async Task Listen_TakenPort_IsAnIOException() =>
        await Assert.ThrowsAsync<IOException>(() => Server.ListenAsync(_listener.EndPoint).AsTask());

    [Fact]
    public async Task Accept_ListenerDisposed_IsNull()
    {
        var accepting = _listener.AcceptAsync().AsTask();

        await _listener.DisposeAsync();

        Assert.Null(await accepting);
        Assert.Null(await _listener.AcceptAsync());
    }

    [Fact]
    public async Task Accept_Cancelled_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        var accepting = _listener.AcceptAsync(cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => accepting);
    }

    private protected async Task<(IConnection Near, IConnection Far)> OpenAsync()
    {
        var connecting = Client.ConnectAsync(Address).AsTask();
        var accepting = _listener.AcceptAsync().AsTask();
        await Task.WhenAny((Task)connecting, accepting);
        return (await connecting, (await accepting)!);
    }

    private protected static async Task DisposeAsync(IConnection near, IConnection far)
    {
        await near.DisposeAsync();
        await far.DisposeAsync();
    }

    private static Task SendAsync(IConnection connection, byte[] bytes) =>
        Task.Run(() => connection.SendAsync(bytes).AsTask());

    private static async Task ExpectAsync(IConnection connection, byte[] expected)
    {
        var got = new byte[expected.Length];
        for (var length = 0; length < got.Length;)
        {
            var read = await connection.ReceiveAsync(got.AsMemory(length));
            Assert.NotEqual(0, read);
            length += read;
        }

        Assert.True(expected.AsSpan().SequenceEqual(got));
    }

    // What a disposed connection says: lost, or the end.
    private static async Task AssertOverAsync(Task<int> receiving)
    {
        try
        {
            Assert.Equal(0, await receiving);
        }
        catch (IOException)
        {
            // Lost.
        }
    }
}
