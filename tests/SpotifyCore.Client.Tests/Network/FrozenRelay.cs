using System.Net;
using System.Net.Sockets;

namespace SpotifyCore.Client.Tests.Network;

/// <summary>A way to a server that can be frozen: connections stay, and nothing passes until it is thawed.</summary>
internal sealed class FrozenRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Uri _server;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _passing = new();

    public FrozenRelay(string server)
    {
        _server = new Uri(server);
        Thaw();
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public void Freeze() => _passing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Thaw() => _passing.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        var relayed = new List<Task>();
        try
        {
            while (true)
                relayed.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_ending.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(relayed);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(_server.Host, _server.Port, _ending.Token);
                await Task.WhenAny(
                    PassAsync(client.GetStream(), server.GetStream()), PassAsync(server.GetStream(), client.GetStream()));
            }
            catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException)
            {
                // Both ends learn of it as they are closed.
            }
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 << 10];
        while (await from.ReadAsync(buffer, _ending.Token) is > 0 and var length)
        {
            await _passing.Task.WaitAsync(_ending.Token);
            await to.WriteAsync(buffer.AsMemory(0, length), _ending.Token);
        }
    }
}
