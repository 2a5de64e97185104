using System.Net;
using System.Net.Sockets;
using SpotifyCore.SideBySide.Processes;

namespace SpotifyCore.SideBySide.Tests.Processes;

public sealed class LoopbackPortTests
{
    [Fact]
    public async Task StartAsync_SomebodyWasQuicker_TakesAnotherPort()
    {
        var asked = new List<int>();

        var started = await LoopbackPort.StartAsync(port =>
        {
            asked.Add(port);
            return asked.Count < 3 ? throw new InvalidOperationException("taken") : Task.FromResult(port);
        });

        Assert.Equal(3, asked.Distinct().Count());
        Assert.Equal(asked[^1], started);
    }

    [Fact]
    public async Task StartAsync_ItFailsEverywhere_SaysWhy()
    {
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            LoopbackPort.StartAsync<int>(static _ => throw new InvalidOperationException("no such program")));

        Assert.Equal("no such program", failed.Message);
    }

    [Fact]
    public void IsListenedAt_ByThisProcess_AndByNoOther()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;

        Assert.False(LoopbackPort.IsListenedAt(port, Environment.ProcessId));

        listener.Listen();
        Assert.True(LoopbackPort.IsListenedAt(port, Environment.ProcessId));

        using var other = System.Diagnostics.Process.Start("sleep", "60");
        try
        {
            Assert.False(LoopbackPort.IsListenedAt(port, other.Id));
        }
        finally
        {
            other.Kill();
        }
    }
}
