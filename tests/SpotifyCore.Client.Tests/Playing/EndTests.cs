using System.Net;
using System.Net.Sockets;
using SpotifyCore.Client.Tests.Network;

namespace SpotifyCore.Client.Tests.Playing;

/// <summary>How a client starts, or does not, and what it leaves behind.</summary>
[Collection(PlayingGroup.Name)]
public sealed class EndTests(TestNetwork network)
{
    [Fact]
    public async Task Dispose_WhilePlayingAndServing_LeavesNothing()
    {
        var tune = await network.Press.MakeAsync("Interrupted", 60, seed: 40);
        var options = TestClient.Options(network, "interrupted1", "null-fast");
        options.ListenPort = FreePort.Take();
        var first = await TestClient.StartAsync(options);
        await first.HearAsync(tune);
        await network.WhenHeldAsync(tune, first);
        var second = await TestClient.StartAsync(network, "interrupted2", "null");
        await second.Client.PlayAsync(tune.Id, tune.Id);
        var playing = second.Client.WhenStoppedAsync();
        Assert.Equal(options.ListenPort, first.Client.ListenPort);

        await first.DisposeAsync();
        await second.DisposeAsync();
        await second.DisposeAsync();
        await playing;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => second.Client.PlayAsync(tune.Id));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => second.Client.GetStatusAsync());

        await Eventually.TrueAsync(() => !ThreadNames().Contains("SpotifyCore pla"), "the player's thread is gone");
        await Eventually.TrueAsync(() => network.Storage.Usage.Connections == 0, "storage has no connection left");
        using var again = new TcpListener(IPAddress.Loopback, options.ListenPort);
        again.Start();
    }

    [Fact]
    public async Task Start_WhatItNeedsCannotBeHad_SaysSoAndLeavesNothing()
    {
        var options = TestClient.Options(network, "start", "null-fast");
        options.ListenAddress = "192.0.2.1";
        await Assert.ThrowsAsync<IOException>(() => SpotifyClient.StartAsync(options));

        options.ListenAddress = "127.0.0.1";
        options.Output = "wav:/nowhere/at/all.wav";
        await Assert.ThrowsAnyAsync<IOException>(() => SpotifyClient.StartAsync(options));
        Action<SpotifyClientOptions>[] mistakes =
        [
            wrong => wrong.Output = "gramophone",
            wrong => wrong.ListenAddress = "here",
            wrong => wrong.AccessPointId = "xyz",
            wrong => wrong.AccessPoint = "nonsense",
            wrong => wrong.AccessPoint = "",
            wrong => wrong.Slots = 3,
        ];
        foreach (var mistake in mistakes)
        {
            var wrong = TestClient.Options(network, "start", "null-fast");
            mistake(wrong);
            await Assert.ThrowsAnyAsync<ArgumentException>(() => SpotifyClient.StartAsync(wrong));
        }

        // All of that let go of the folder; whoever has it keeps it.
        await using var client = await TestClient.StartAsync(network, "start");
        await Assert.ThrowsAsync<IOException>(() => SpotifyClient.StartAsync(TestClient.Options(network, "start", "null-fast")));
        Assert.True(client.Client.ListenPort > 0);
    }

    [Fact]
    public async Task Start_PortTaken_TakesAFreeOneAndSaysSo()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var options = TestClient.Options(network, "taken", "null-fast");
        options.ListenPort = ((IPEndPoint)taken.LocalEndpoint).Port;

        await using var client = await TestClient.StartAsync(options);

        Assert.InRange(client.Client.ListenPort, 1, IPEndPoint.MaxPort);
        Assert.NotEqual(options.ListenPort, client.Client.ListenPort);
        Assert.True(client.Logged($"Port {options.ListenPort} is taken"));
    }

    private static IEnumerable<string> ThreadNames() => OperatingSystem.IsLinux()
        ? Directory.GetDirectories("/proc/self/task").Select(NameOf)
        : [];

    private static string NameOf(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm")).Trim();
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return "";
        }
    }
}
