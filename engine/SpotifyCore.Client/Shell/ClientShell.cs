using System.Net;
using Microsoft.Extensions.Logging;
using SpotifyCore.Client.Access;
using SpotifyCore.Client.Core;
using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Listening;
using SpotifyCore.Client.Peering;
using SpotifyCore.Content.Identity;
using SpotifyCore.Playback.Output;
using SpotifyCore.Playback.Playing;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Rpc.Channels;
using SpotifyCore.Rpc.Contracts;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Shell;

/// <summary>
/// The production shell around the client core: puts loop, cache, connections, access point and player together, and
/// takes them apart again in the opposite order.
/// </summary>
internal sealed class ClientShell : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _parts = new();
    private HeldFiles _held = null!;
    private string _site = "";

    private ClientShell(ClientLoop loop) => Loop = loop;

    /// <summary>The client's loop.</summary>
    public ClientLoop Loop { get; }

    /// <summary>The client's key.</summary>
    public NodeIdentity Identity { get; private set; } = null!;

    /// <summary>The access point.</summary>
    public AccessPointLink AccessPoint { get; private set; } = null!;

    /// <summary>What was kept for use without a network.</summary>
    public KeptTracks Kept { get; private set; } = null!;

    /// <summary>Queue, plays and player; on the loop.</summary>
    public PlayDesk Plays { get; private set; } = null!;

    /// <summary>Opens tracks; on the loop.</summary>
    public TrackDesk Tracks { get; private set; } = null!;

    /// <summary>The cache; on the loop.</summary>
    public CacheDesk Cache { get; private set; } = null!;

    /// <summary>The connections; on the loop.</summary>
    public PeerDesk Peers { get; private set; } = null!;

    /// <summary>The core's driver; on the loop.</summary>
    public CoreDriver Driver { get; private set; } = null!;

    /// <summary>Port at which peers are accepted; 0 when none are.</summary>
    public int ListenPort { get; private set; }

    /// <summary>Starts everything.</summary>
    public static async Task<ClientShell> StartAsync(
        SpotifyClientOptions options, TimeProvider time, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var logger = logs.CreateLogger<ClientShell>();
        var shell = new ClientShell(new ClientLoop(logger));
        try
        {
            await shell.BuildAsync(options, time, logs, logger, cancellationToken);
            return shell;
        }
        catch
        {
            await shell.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
            await part.DisposeAsync();
    }

    /// <summary>Logs in, goes online, and tells the tracker what this client holds whole.</summary>
    public async Task LogInAsync(string name, string password, CancellationToken cancellationToken)
    {
        var online = new ClientOnline { ListenPort = ListenPort, Site = _site };
        await AccessPoint.LogInAsync(name, password, online, cancellationToken);
        foreach (var file in await Loop.CallAsync(() => _held.Files.Where(IsWhole).ToArray()))
            AccessPoint.Announce(file);
    }

    /// <summary>What plays now; on the loop.</summary>
    public PlayerStatus Status()
    {
        var play = Plays.Current;
        return new PlayerStatus(
            Plays.State,
            play?.Track,
            AudioFormat.DurationOf(play?.Position ?? 0),
            Driver.Status.Buffered,
            play?.Report(Driver.StatisticsOf(play.Id)),
            AccessPoint.Account,
            Plays.Problem,
            Math.Max(0, Plays.Queued().Count - 1));
    }

    /// <summary>What the client has done; on the loop.</summary>
    public ClientStatistics Statistics()
    {
        PlayReport[] plays = [.. Plays.Journal.Plays.Select(play => play.Report(Driver.StatisticsOf(play.Id)))];
        var usage = Cache.Usage;
        return new ClientStatistics(
            plays,
            plays.Aggregate(Plays.Journal.Forgotten, (sum, play) => sum + play.Bytes),
            Driver.Status.UploadedBytes,
            usage.HeldBytes,
            usage.LimitBytes,
            Peers.Count);
    }

    private bool IsWhole(FileId file) => Cache.HoldsWhole(file, _held.ChunksOf(file));

    private async Task BuildAsync(
        SpotifyClientOptions options, TimeProvider time, ILoggerFactory logs, ILogger logger, CancellationToken cancellationToken)
    {
        _site = options.Site;
        var data = Path.GetFullPath(options.DataDirectory);
        Directory.CreateDirectory(data);
        Identity = Own(NodeIdentity.LoadOrCreate(Path.Combine(data, "identity.pem")));
        var wallet = Own(new TicketWallet());
        var device = Own(DeviceKey.LoadOrCreate(Path.Combine(data, "device.key")));
        _held = Own(HeldFiles.Open(Path.Combine(data, "held")));
        Kept = new KeptTracks(Path.Combine(data, "tracks"), device, new KeptTracksOptions(), time, logger);
        var cache = await FasterChunkCache.OpenAsync(CacheOptions(options, data), logs.CreateLogger<FasterChunkCache>(), time);
        _parts.Push(cache);

        var slots = new SlotPool(options.Slots, Loop);
        options.Core.Self = Identity.Id;
        Driver = new CoreDriver(new ClientCore(options.Core, slots), slots, Loop, time);
        Cache = new CacheDesk(cache, slots, Loop, Driver, logger);
        AccessPoint = new AccessPointLink(AddressOf(options, time), Identity.Id, wallet, time, logger);
        Tracks = new TrackDesk(AccessPoint, Kept, _held, Cache, Loop) { Driver = Driver, BitsPerSecond = options.BitsPerSecond };

        var transport = new TlsTransport(Identity, new TransportOptions(), time);
        Peers = new PeerDesk(PeerOptions(options), transport, wallet, Loop, slots, time, logger) { Driver = Driver, Cache = Cache };
        AddPlayer(options, time, logger);

        var timer = Own(new WakeTimer(Loop, new RaisedEvent(Driver, ClientEvent.Woken()), time));
        Driver.Carrier = new ActionCarrier(Cache, Tracks, Plays, Peers, slots, timer);
        _parts.Push(AccessPoint);
        _parts.Push(new Ending(async () =>
        {
            await Loop.CallAsync(Peers.CloseAll);
            await Loop.DisposeAsync();
        }));
        await ListenAsync(options, transport, logger, cancellationToken);
        Loop.Start();
    }

    private void AddPlayer(SpotifyClientOptions options, TimeProvider time, ILogger logger)
    {
        var output = Own(AudioOutputs.Open(options.Output, time));
        var reports = new PlayerReports(Loop);
        var player = Own(new Player(output, new PlayerOptions { Loudness = options.Loudness }, reports, time));
        Plays = new PlayDesk(player, new PlayDeskOptions(options.Core.FeedWindow, output.IsRealTime), Driver, time, logger);
        Tracks.Plays = Plays;
        reports.Observer = Plays;
    }

    private async Task ListenAsync(
        SpotifyClientOptions options, ITransport transport, ILogger logger, CancellationToken cancellationToken)
    {
        if (!options.Serve)
            return;

        var endPoint = new IPEndPoint(IPAddress.Parse(options.ListenAddress), options.ListenPort);
        var listener = await PeerListener.StartAsync(transport, endPoint, Peers, logger, cancellationToken);
        _parts.Push(listener);
        ListenPort = listener.EndPoint.Port;
        ClientLog.Listening(logger, listener.EndPoint, Identity.Id);
    }

    private static RpcChannelOptions AddressOf(SpotifyClientOptions options, TimeProvider time) => new()
    {
        Address = options.AccessPoint,
        ServerId = options.AccessPointId.Length == 0 ? null
            : PeerId.TryParse(options.AccessPointId, out var id) ? id
            : throw new ArgumentException($"AccessPointId must be 32 hexadecimal digits, not '{options.AccessPointId}'."),
        Time = time,
    };

    private static ChunkCacheOptions CacheOptions(SpotifyClientOptions options, string data)
    {
        const long Most = 10L << 30;
        const long Least = 256L << 20;
        var free = new DriveInfo(data).AvailableFreeSpace;
        return new ChunkCacheOptions
        {
            Directory = Path.Combine(data, "cache"),
            DiskBytes = options.CacheBytes > 0 ? options.CacheBytes : Math.Clamp(free / 10, Least, Most),
            MemoryBytes = options.CacheMemoryBytes,
        };
    }

    private static PeerDeskOptions PeerOptions(SpotifyClientOptions options)
    {
        var session = new PeerSessionOptions
        {
            Role = PeerRole.Peer,
            Serves = options.Serve,
            ListenPort = options.Serve ? (ushort)options.ListenPort : (ushort)0,
        };
        return new PeerDeskOptions(session, options.MaxConnections, options.ChunkFrameBytes);
    }

    private T Own<T>(T part)
        where T : IDisposable
    {
        _parts.Push(new Ending(() =>
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        }));
        return part;
    }

    private sealed class Ending(Func<ValueTask> end) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => end();
    }
}
