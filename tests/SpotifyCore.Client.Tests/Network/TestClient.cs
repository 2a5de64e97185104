using SpotifyCore.Playback.Loudness;

namespace SpotifyCore.Client.Tests.Network;

/// <summary>A client in a folder of the network; when it ends, nothing of it may have failed or be left.</summary>
internal sealed class TestClient : IAsyncDisposable
{
    private readonly ClientLogs _logs;

    private readonly string _folder;

    private TestClient(SpotifyClient client, string folder, ClientLogs logs)
    {
        Client = client;
        _folder = folder;
        _logs = logs;
    }

    public SpotifyClient Client { get; }

    public static SpotifyClientOptions Options(TestNetwork network, string folder, string output) => new()
    {
        AccessPoint = network.Url,
        DataDirectory = network.Folder(folder),
        Output = output,
        Loudness = LoudnessMode.Off,
        ListenAddress = "127.0.0.1",
        ListenPort = 0,
        CacheBytes = 256L << 20,
    };

    /// <summary>A listener whom peers may keep waiting: a busy machine is no reason to turn to production.</summary>
    public static SpotifyClientOptions Patient(SpotifyClientOptions options)
    {
        var patience = TimeSpan.FromMinutes(1);
        var core = options.Core;
        (core.Buffer.PeerSearch, core.Buffer.UnpacedPatience) = (patience, patience);
        (core.Neighbours.ConnectTimeout, core.Neighbours.ReverseAfter) = (patience, patience);
        (core.Downloads.LeastSilence, core.Downloads.MostSilence) = (patience, patience);
        core.Downloads.GiveUpAfter = patience;
        return options;
    }

    public static Task<TestClient> StartAsync(TestNetwork network, string folder, string output = "null-fast", bool logIn = true) =>
        StartAsync(Options(network, folder, output), logIn);

    public static async Task<TestClient> StartAsync(
        SpotifyClientOptions options, bool logIn = true, TimeProvider? time = null)
    {
        var logs = new ClientLogs();
        var client = new TestClient(await SpotifyClient.StartAsync(options, time, logs), options.DataDirectory, logs);
        if (logIn)
            await client.Client.LogInAsync(TestNetwork.Listener, TestNetwork.Password);

        return client;
    }

    /// <summary>What it logged.</summary>
    public override string ToString() => _logs.ToString();

    /// <summary>True when it has noted, for all who ask, that it holds a track whole.</summary>
    public bool Remembers(Tune tune)
    {
        using var held = File.Open(Path.Combine(_folder, "held"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var lines = new StreamReader(held);
        return lines.ReadToEnd().Contains($"{tune.Manifest.File} ", StringComparison.Ordinal);
    }

    public bool Logged(string text) => _logs.Contains(text);

    /// <summary>Plays tracks to their end.</summary>
    public async Task<PlayReport> HearAsync(params Tune[] tunes)
    {
        await Client.PlayAsync([.. tunes.Select(tune => tune.Id)]);
        try
        {
            await Client.WhenStoppedAsync().WaitAsync(TimeSpan.FromMinutes(5));
        }
        catch (TimeoutException)
        {
            Assert.Fail($"It does not end: {await Client.GetStatusAsync()}\n{await Client.GetStatisticsAsync()}\n{_logs}");
        }

        return (await Client.GetStatisticsAsync()).Plays[^1];
    }

    /// <summary>Plays a track to its end; production gives nothing of it until something has come to pass.</summary>
    public async Task<PlayReport> HearWithoutStorageUntilAsync(
        Tune tune, TestNetwork network, Func<bool> holds, string what)
    {
        Task<PlayReport>? hearing = null;
        await network.WithoutStorageAsync(() =>
        {
            hearing = HearAsync(tune);
            return Eventually.TrueAsync(holds, what);
        });
        return await hearing!;
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        Assert.True(!_logs.Errors.Any(), _logs.ToString());
        Assert.True(_logs.Contains("; 0 buffers were still in use"), _logs.ToString());
        Assert.False(_logs.Contains("did not end cleanly"), _logs.ToString());
    }
}
