using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;

namespace SpotifyCore.Protocol.Tests.Transports;

public sealed class TcpTransportTests : TransportContractTests
{
    private protected override ITransport Client { get; } = new TcpTransport(new TransportOptions());

    private protected override ITransport Server => Client;

    private protected override PeerId? ServerId => null;

    [Fact]
    public async Task Connect_Plain_ProvesNobody()
    {
        var (near, far) = await OpenAsync();

        Assert.Null(near.RemoteId);
        Assert.Null(far.RemoteId);
        await DisposeAsync(near, far);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Receive_Accepted_GoesOnWhereItWasLearnedOnlyWhenAsked(bool isInline)
    {
        var (near, far) = await OpenAsync();
        if (isInline)
            far.CompleteInline();

        var isPool = GoesOnOnThePoolAsync(far);
        await near.SendAsync(new byte[1]);

        // Elsewhere than on Linux the thread pool always goes on.
        Assert.Equal(!isInline || !OperatingSystem.IsLinux(), await isPool);
        await DisposeAsync(near, far);
    }

    /// <summary>Receives a byte, and tells whether what follows is on a thread of the pool.</summary>
    private static Task<bool> GoesOnOnThePoolAsync(IConnection connection)
    {
        var isPool = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);

        // Without a test's own context, which would choose a thread.
        var receiving = connection.ReceiveAsync(new byte[1]).ConfigureAwait(false).GetAwaiter();
        receiving.UnsafeOnCompleted(() => isPool.SetResult(Thread.CurrentThread.IsThreadPoolThread));
        return isPool.Task;
    }
}
