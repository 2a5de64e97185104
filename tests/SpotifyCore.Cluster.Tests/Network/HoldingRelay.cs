using System.Net;
using System.Net.Sockets;
using SpotifyCore.Cluster.Tests.Processes;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Cluster.Tests.Network;

/// <summary>
/// Stands between listeners and a node, bytes untouched, and can hold what the node sends once it has sent so much:
/// then something is sure to happen in the middle of a play.
/// </summary>
internal sealed class HoldingRelay : IAsyncDisposable
{
    private readonly Socket _listening = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _ending = new();
    private readonly int _target;
    private readonly Task _accepting;
    private TaskCompletionSource _held = NewSource();
    private TaskCompletionSource _released = NewSource();
    private long _left = long.MaxValue;

    public HoldingRelay(ClusterNode node)
    {
        _target = node.Port;
        _listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listening.Listen();
        Address = new NodeAddress(node.Id, "127.0.0.1", ((IPEndPoint)_listening.LocalEndPoint!).Port);
        _accepting = AcceptAsync();
    }

    /// <summary>Where listeners find the node.</summary>
    public NodeAddress Address { get; }

    /// <summary>Completes once the node is held.</summary>
    public Task Held => _held.Task;

    /// <summary>Holds the node after so many more bytes, until <see cref="Release"/>.</summary>
    public void HoldAfter(long bytes)
    {
        (_held, _released) = (NewSource(), NewSource());
        Interlocked.Exchange(ref _left, bytes);
    }

    public void Release()
    {
        Interlocked.Exchange(ref _left, long.MaxValue);
        _released.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listening.Dispose();
        await _accepting;
        _ending.Dispose();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task AcceptAsync()
    {
        var relayed = new List<Task>();
        try
        {
            while (true)
                relayed.Add(RelayAsync(await _listening.AcceptAsync(_ending.Token)));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(relayed);
        }
    }

    private async Task RelayAsync(Socket listener)
    {
        using var near = listener;
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target, over.Token);
            var asking = PumpAsync(near, far, isCounted: false, over.Token);
            var answering = PumpAsync(far, near, isCounted: true, over.Token);
            var either = await Task.WhenAny(asking, answering);
            await over.CancelAsync();
            await either;
        }
        catch (Exception broken) when (broken is SocketException or OperationCanceledException)
        {
            // Both sides learn of it when their sockets close.
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool isCounted, CancellationToken over)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer, over) is var received and > 0)
        {
            if (isCounted && Interlocked.Add(ref _left, -received) <= 0)
            {
                _held.TrySetResult();
                await _released.Task.WaitAsync(over);
            }

            await to.SendAsync(buffer.AsMemory(0, received), over);
        }
    }
}
