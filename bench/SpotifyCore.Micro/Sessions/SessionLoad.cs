using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Grpc.Core;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Login;

namespace SpotifyCore.Micro.Sessions;

/// <summary>
/// Many listeners of one access point, each with a connection of its own: what their logins, sessions and calls cost it.
/// </summary>
internal sealed class SessionLoad
{
    private const int SessionsPerAccount = 32; // what an account may have
    private const int ClientsPerAddress = 1_000; // half of what one address may connect
    private const int LoginsAtOnce = 16;
    private const int CallsAtOnce = 32;
    private const int WarmUp = 100;
    private const int Excess = 500;

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(20);

    private readonly string _accessPoint;
    private readonly PeerId? _id;
    private readonly string _password;
    private readonly Process _server;
    private readonly List<LoadClient> _clients = [];
    private LoadClient[] _callers = [];
    private Track[] _tracks = [];

    private SessionLoad(string accessPoint, PeerId? id, string password, Process server) =>
        (_accessPoint, _id, _password, _server) = (accessPoint, id, password, server);

    /// <summary>Logs in so many, keeps them online, and calls.</summary>
    /// <param name="accessPoint">Where; the password of its accounts, load0 to loadN, is that of the environment.</param>
    /// <param name="id">The key it proves; empty without TLS.</param>
    /// <param name="sessions">How many.</param>
    /// <param name="process">The access point's process.</param>
    public static async Task<int> RunAsync(string accessPoint, string id, int sessions, int process)
    {
        using var server = Process.GetProcessById(process);
        PeerId? pinned = PeerId.TryParse(id, out var proved) ? proved : null;
        var password = await PasswordInput.ReadAsync(CancellationToken.None)
            ?? throw new InvalidOperationException("There is no password.");
        await new SessionLoad(accessPoint, pinned, password, server).RunAsync(sessions);
        return 0;
    }

    private async Task RunAsync(int sessions)
    {
        await LogInAsync(sessions);
        var first = _clients.Take(WarmUp).ToArray();
        await OnlineAsync(first);
        var found = await first[0].Calls.SearchAsync(new SearchRequest { Limit = 200, Order = SearchOrder.New });
        _tracks = [.. found.Tracks];
        await Latencies.AtOnceAsync(CallsAtOnce, Span / 4, i => OpenAsync(first[0], i));
        await Task.Delay(Settle);
        var before = Resident();
        var others = _clients.Skip(WarmUp).ToArray();
        await OnlineAsync(others);
        await Task.Delay(Settle);
        var after = Resident();
        Say($"{others.Length} more online: {before >> 10} to {after >> 10} MiB resident, "
            + $"{(after - before) / (double)others.Length:F1} KiB a session");


        // An account plays on one device at a time: the others are refused.
        _callers = [.. _clients.Where(static (_, number) => number % SessionsPerAccount == 0)];
        await CallAsync();
        await ResumeAsync();
        await ExceedAsync();
    }

    /// <summary>As many logins as the hash allows: the rate, and what each costs.</summary>
    private async Task LogInAsync(int sessions)
    {
        for (var i = 0; i < sessions; i++)
            _clients.Add(Client(i));

        var (began, spent, next) = (Stopwatch.GetTimestamp(), Cpu(), -1);
        await Task.WhenAll(Enumerable.Range(0, LoginsAtOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var i && i < sessions)
                await _clients[i].LogInAsync(Account(i), _password);
        }));
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Say($"{sessions} logins, {LoginsAtOnce} at once: {sessions / seconds:F1} a second, "
            + $"{(Cpu() - spent).TotalMilliseconds / sessions:F1} CPU-ms of the access point each");
    }

    private async Task OnlineAsync(LoadClient[] clients)
    {
        var (began, next) = (Stopwatch.GetTimestamp(), -1);
        await Task.WhenAll(Enumerable.Range(0, CallsAtOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var i && i < clients.Length)
                await clients[i].GoOnlineAsync();
        }));
        Say($"{clients.Length} sessions taken up, {CallsAtOnce} at once: "
            + $"{clients.Length / Stopwatch.GetElapsedTime(began).TotalSeconds:F0} a second");
    }

    private async Task CallAsync()
    {
        var opened = await Task.WhenAll(_tracks.Select(async track =>
            (await _clients[0].Calls.OpenTrackAsync(new OpenTrackRequest { Track = track.Track_ })).File));
        for (var i = 0; i < _callers.Length; i++)
            await _callers[i].AnnounceAsync(opened[i % opened.Length]);

        Task Find(int i) => Caller(i).Calls.FindPeersAsync(new FindPeersRequest { File = opened[i % opened.Length] }).ResponseAsync;
        Task Search(int i)
        {
            var title = _tracks[i % _tracks.Length].Title;
            var typed = title[..((i / _tracks.Length % title.Length) + 1)];
            return Caller(i).Calls.SearchAsync(new SearchRequest { Query = typed }).ResponseAsync;
        }

        await SayAsync("OpenTrack, 500 a second", () => Latencies.AtRateAsync(500, Span, i => OpenAsync(Caller(i), i)));
        await SayAsync("OpenTrack, as fast as it goes", () => Latencies.AtOnceAsync(CallsAtOnce, Span, i => OpenAsync(Caller(i), i)));
        await SayAsync("FindPeers, as fast as it goes", () => Latencies.AtOnceAsync(CallsAtOnce, Span, Find));
        await SayAsync("Search, as fast as it goes", () => Latencies.AtOnceAsync(CallsAtOnce, Span, Search));
    }

    /// <summary>Connections that break and come back, beside others that open tracks.</summary>
    private async Task ResumeAsync()
    {
        var resting = new ConcurrentQueue<LoadClient>(_clients.Except(_callers));
        var resuming = Latencies.AtRateAsync(200, Span, async _ =>
        {
            if (!resting.TryDequeue(out var client))
                throw new IOException("All of them are on their way.");

            client.GoOffline();
            await client.GoOnlineAsync();
            resting.Enqueue(client);
        });
        var others = Latencies.AtRateAsync(200, Span, i => OpenAsync(Caller(i), i));
        await SayAsync("sessions taken up again, 200 a second", () => resuming);
        Say($"  OpenTrack of others meanwhile, 200 a second: {await others}");
    }

    /// <summary>More logins at once than are let wait, beside others that open tracks.</summary>
    private async Task ExceedAsync()
    {
        var codes = new ConcurrentDictionary<StatusCode, int>();
        var logins = Enumerable.Range(0, Excess).Select(async i =>
        {
            using var client = Client(i * ClientsPerAddress);
            var code = StatusCode.OK;
            try
            {
                await client.LogInAsync(Account(i), _password);
            }
            catch (RpcException refused)
            {
                code = refused.StatusCode;
            }

            codes.AddOrUpdate(code, 1, static (_, count) => count + 1);
        }).ToArray();
        var others = Latencies.AtRateAsync(200, Span / 4, i => OpenAsync(Caller(i), i));
        await Task.WhenAll(logins);
        Say($"{Excess} logins at once: {string.Join(", ", codes.OrderBy(static code => code.Key).Select(static code => $"{code.Value} {code.Key}"))}");
        Say($"  OpenTrack of others meanwhile, 200 a second: {await others}");
    }

    private LoadClient Caller(int i) => _callers[i % _callers.Length];

    private Task OpenAsync(LoadClient client, int i) =>
        client.Calls.OpenTrackAsync(new OpenTrackRequest { Track = _tracks[i % _tracks.Length].Track_ }).ResponseAsync;

    private async Task SayAsync(string what, Func<Task<Latencies>> measure)
    {
        var (began, spent) = (Stopwatch.GetTimestamp(), Cpu());
        var latencies = await measure();
        var each = (Cpu() - spent).TotalMilliseconds / Math.Max(1, latencies.Count);
        Say($"{what}: {latencies}, {latencies.Count / Stopwatch.GetElapsedTime(began).TotalSeconds:F0} a second, {each:F2} CPU-ms each");
    }

    private static void Say(string line) => Console.WriteLine(line);

    private static string Account(int client) => $"load{client / SessionsPerAccount}";

    private LoadClient Client(int number) => new(new EndpointChannelOptions
    {
        Address = _accessPoint,
        ServerId = _id,
        KeepAlive = null,
        ConnectTimeout = TimeSpan.FromMinutes(1),
        LocalAddress = new IPAddress([127, 1, (byte)(number / ClientsPerAddress / 200), (byte)((number / ClientsPerAddress % 200) + 1)]),
    });

    private TimeSpan Cpu()
    {
        _server.Refresh();
        return _server.TotalProcessorTime;
    }

    /// <summary>KiB.</summary>
    private long Resident()
    {
        _server.Refresh();
        return _server.WorkingSet64 >> 10;
    }
}
