using System.Net;
using System.Net.Sockets;

namespace SpotifyCore.Contracts.Tests.Serving;

/// <summary>
/// A line to a server on loopback that carries what both sides say, until what clients say on the connections that there
/// are is held: as if it were on its way.
/// </summary>
internal sealed class HoldingLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<TcpClient> _ends = [];
    private readonly int _server;
    private readonly Task _taking;
    private volatile bool _isHolding;

    /// <summary>A line to a port of this machine.</summary>
    public HoldingLine(int server)
    {
        _server = server;
        _listener.Start();
        _taking = TakeAsync();
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>Holds what the client of the connection that there is says from now on.</summary>
    public void Hold() => _isHolding = true;

    /// <summary>Returns once something is held.</summary>
    public Task HeldAsync() => _held.Task;

    /// <summary>Returns once the server has ended the connection on which something is held, and its client knows.</summary>
    public Task EndedByServerAsync() => _ended.Task;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        _ends.ForEach(static end => end.Dispose());
        await _taking;
        _end.Dispose();
    }

    private async Task TakeAsync()
    {
        var carried = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                var server = new TcpClient();
                _ends.AddRange([client, server]);
                await server.ConnectAsync(IPAddress.Loopback, _server, _end.Token);
                var isFirst = carried.Count == 0;
                carried.Add(CarryAsync(client, server, isFirst ? HoldAsync : null, null));
                carried.Add(CarryAsync(server, client, null, isFirst ? _ended : null));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(carried);
        }
    }

    private async Task CarryAsync(TcpClient from, TcpClient to, Func<Task>? hold, TaskCompletionSource? ended)
    {
        var bytes = new byte[64 << 10];
        try
        {
            while (await from.GetStream().ReadAsync(bytes, _end.Token) is > 0 and var read)
            {
                if (hold is not null && _isHolding)
                    await hold();

                await to.GetStream().WriteAsync(bytes.AsMemory(0, read), _end.Token);
            }

            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception over) when (over is OperationCanceledException or IOException or SocketException
            or ObjectDisposedException or InvalidOperationException)
        {
            to.Dispose();
        }

        ended?.TrySetResult();
    }

    // Until the server has ended the connection: then there is nobody any more to whom it could go.
    private async Task HoldAsync()
    {
        _held.TrySetResult();
        await _ended.Task.WaitAsync(_end.Token);
    }
}
