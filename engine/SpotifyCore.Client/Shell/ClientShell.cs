using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using SpotifyCore.Client.Access;
using SpotifyCore.Client.Core;
using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Listening;
using SpotifyCore.Client.Peering;
using SpotifyCore.Client.PortMapping;
using SpotifyCore.Client.Uploading;
using SpotifyCore.Codec.Opus;
using SpotifyCore.Content.Files;
using SpotifyCore.Playback.Output;
using SpotifyCore.Playback.Playing;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Swarm.Uploads;

namespace SpotifyCore.Client.Shell;

/// <summary>
/// The production shell around the client core: puts loop, cache, connections, access point and player together, and
/// takes them apart again in the opposite order.
/// </summary>
internal sealed class ClientShell : IAsyncDisposable
{
    /// <summary>What is still under way after so long does not keep the client from ending.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly ClientLoop _loop;
    private readonly ShellGround _ground;
    private CacheDesk _cache = null!;
    private PlaySequence _plays = null!;
    private TrackDesk _tracks = null!;
    private PeerDesk _peers = null!;
    private CoreDriver _driver = null!;
    private UploadDesk _uploads = null!;
    private Player _player = null!;
    private PlaybackSaver? _saver;
    private int _disposed;
    private bool _isOver;

    private ClientShell(SpotifyClientOptions options, TimeProvider time, ILogger logger)
    {
        _loop = new ClientLoop(logger);
        _ground = new ShellGround(_loop, new SlotPool(options.Slots, _loop), new BackgroundWork(logger), time, logger);
    }

    /// <summary>The client's key.</summary>
    public NodeIdentity Identity { get; private set; } = null!;

    /// <summary>The access point.</summary>
    public AccessPointLink AccessPoint { get; private set; } = null!;

    /// <summary>Who is logged in.</summary>
    public AccessDesk Access { get; private set; } = null!;

    /// <summary>What was kept for use without a network.</summary>
    public KeptTracks Kept { get; private set; } = null!;

    /// <summary>What can be found and played without a network.</summary>
    public KeptCatalogue Cached { get; private set; } = null!;

    /// <summary>What a listener does; on the loop.</summary>
    public ListenerDesk Listener { get; private set; } = null!;

    /// <summary>What the client tells of itself; on the loop.</summary>
    public ClientReports Reports { get; private set; } = null!;

    /// <summary>Port at which peers are accepted; 0 when none are.</summary>
    public int ListenPort { get; private set; }

    /// <summary>Where peers reach that port from outside; null when none are accepted.</summary>
    public OutsidePort? Outside { get; private set; }

    /// <summary>Starts everything.</summary>
    public static async Task<ClientShell> StartAsync(
        SpotifyClientOptions options, TimeProvider time, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        ShellSettings.Check(options);
        var shell = new ClientShell(options, time, logs.CreateLogger<ClientShell>());
        try
        {
            await shell.BuildAsync(options, logs, cancellationToken);
            return shell;
        }
        catch
        {
            await shell.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has a function called on the loop.</summary>
    /// <exception cref="ObjectDisposedException">The client has ended.</exception>
    public Task<T> CallAsync<T>(Func<T> function) => _loop.CallAsync(() =>
    {
        ObjectDisposedException.ThrowIf(_isOver, typeof(SpotifyClient));
        var result = function();
        _saver?.Look();
        return result;
    });

    /// <summary>Has something done on the loop.</summary>
    /// <exception cref="ObjectDisposedException">The client has ended.</exception>
    public Task CallAsync(Action action) => CallAsync(() =>
    {
        action();
        return true;
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        while (_parts.TryPop(out var part))
        {
            try
            {
                await part.DisposeAsync();
            }
            catch (Exception failure)
            {
                // The others are to be ended all the same.
                ClientLog.EndFailed(_ground.Logger, failure);
            }
        }

        ClientLog.Ended(_ground.Logger, _ground.Slots.Rented);
    }

    /// <summary>Logs in, goes online, and tells the tracker what this client holds whole.</summary>
    public async Task LogInAsync(string name, string password, CancellationToken cancellationToken)
    {
        await Access.LogInAsync(name, password, cancellationToken);
        await CallAsync(_tracks.AnnounceAll);
    }

    /// <summary>Plays tracks in place of the queue; what plays goes on until the first of them is open.</summary>
    /// <exception cref="PlaybackException">
    /// It can't be opened while something plays, which goes on, or was called off meanwhile.
    /// </exception>
    public async Task<ActivePlay> PlayAsync(IReadOnlyList<TrackInfo> tracks, long clicked)
    {
        // One call: what the caller asks for next must find the new play current where nothing else plays.
        var (click, begun) = await CallAsync(() =>
            (_plays.Pending.Begin(), _plays.Current is null ? Listener.Play(tracks, clicked) : null));
        if (begun is not null)
            return begun;

        var opening = _tracks.PrepareAsync(tracks[0].Id);
        var wasCalledOff = await Task.WhenAny(opening, click.CalledOff) == click.CalledOff;
        var prepared = wasCalledOff ? default : await opening;
        return await CallAsync(() =>
        {
            _plays.Pending.End(click);
            _tracks.Keep(prepared);
            return Listener.Play(tracks, clicked);
        });
    }

    /// <summary>Forgets what is kept of the queue; on the loop.</summary>
    public void ForgetPlayback() => _saver?.Clear();

    /// <summary>Completes when nothing plays any more; called on the loop.</summary>
    public Task WhenStoppedAsync() => _plays.WhenStoppedAsync();

    /// <summary>Sets what may go up; null to go by the options again. On the loop.</summary>
    public UploadReport ChooseUploads(UploadSettings? chosen)
    {
        _uploads.Choose(chosen);
        return Reports.Uploads();
    }

    private async Task BuildAsync(
        SpotifyClientOptions options, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var (time, logger) = (_ground.Time, _ground.Logger);
        var data = Path.GetFullPath(options.DataDirectory);
        Directory.CreateDirectory(data);

        // First of all: two clients at the same files would each undo what the other wrote.
        Own(DirectoryLock.Take(data));
        var cache = await FasterChunkCache.OpenAsync(
            ShellSettings.Cache(options, data), logs.CreateLogger<FasterChunkCache>(), time);
        _parts.Push(cache);
        Identity = Own(NodeIdentity.LoadOrCreate(Path.Combine(data, "identity.pem")));
        var wallet = Own(new TicketWallet());
        var device = Own(DeviceKey.LoadOrCreate(Path.Combine(data, "device.key")));
        var held = Own(HeldFiles.Open(Path.Combine(data, "held")));
        Kept = new KeptTracks(Path.Combine(data, "tracks"), device, new KeptTracksOptions(), time, logger);

        options.Core.Self = Identity.Id;
        _uploads = Own(new UploadDesk(options, UploadLedger.Open(Path.Combine(data, "uploads")), _ground));
        _uploads.Driver = _driver = new CoreDriver(new ClientCore(options.Core, _ground.Slots), _ground);
        _cache = new CacheDesk(cache, _ground, _driver);
        Cached = new KeptCatalogue(Kept, options.BitsPerSecond, _cache.HoldsWhole);
        var listenAddress = IPAddress.Parse(options.ListenAddress);
        var place = new OwnPlace(options.Site, () => LocalNetwork.Find(listenAddress));
        AccessPoint = new AccessPointLink(ShellSettings.AccessPoint(options), Identity, wallet, time, logger)
        {
            Place = place,
        };
        _parts.Push(AccessPoint);
        Access = new AccessDesk(AccessPoint, KeptSession(options, data, device), place, _ground)
        {
            Driver = _driver,
        };
        _tracks = new TrackDesk(AccessPoint, Kept, held, _cache, _ground)
        {
            Driver = _driver, Place = place, BitsPerSecond = options.BitsPerSecond,
        };
        var player = AddPlayer(options);

        var transport = new TlsTransport(Identity, ShellSettings.Transport(), time);
        var listening = await ListenAsync(options, transport, cancellationToken);
        place.ListenPort = ListenPort;
        _peers = Own(new PeerDesk(ShellSettings.Peers(options, ListenPort), transport, wallet, _ground));
        (_peers.Driver, _peers.Cache, _peers.Uploading) = (_driver, _cache, _uploads.Note);
        Reports = CreateReports();
        var timer = Own(new WakeTimer(_loop, new RaisedEvent(_driver, ClientEvent.Woken()), time));
        _driver.Carrier = new ActionCarrier(_cache, _tracks, player, _peers, Access, _ground.Slots, timer);
        _loop.Start();
        _parts.Push(new Ending(EndAsync));
        await CallAsync(_uploads.Begin);
        if (listening is not null)
        {
            _parts.Push(new PeerListener(listening, _peers));
            MapPort(options, listening.EndPoint.Address);
        }

        if (Access.Resume())
            await CallAsync(_tracks.AnnounceAll);

        if (options.KeepPlayback)
            await RestoreAsync(new KeptPlayback(Path.Combine(data, "queue"), Path.Combine(data, "playing")));
    }

    private ClientReports CreateReports() => new(_plays, _driver, Listener, AccessPoint)
    {
        Cache = _cache, Peers = _peers, Uploading = _uploads, Outside = Outside,
    };

    private Task RestoreAsync(KeptPlayback kept) => CallAsync(() =>
    {
        var saver = new PlaybackSaver(kept, Listener, _ground);
        saver.Restore();
        _saver = saver;
    });

    private KeptSession? KeptSession(SpotifyClientOptions options, string data, DeviceKey device) => options.KeepSession
        ? new KeptSession(
            Path.Combine(data, "session"), $"{options.AccessPoint} {options.AccessPointId}", device, _ground.Logger)
        : null;

    private PlayerDesk AddPlayer(SpotifyClientOptions options)
    {
        var output = Own(AudioOutputs.Open(options.Output, _ground.Time));
        var reports = new PlayerReports(_loop);
        var playing = new PlayerOptions { Loudness = options.Loudness, Codec = options.Codec };
        _player = Own(new Player(output, playing, reports, _ground.Time));
        if (OpusCodecs.NoticeOf(options.Codec) is { } notice)
            ClientLog.CodecFallsBack(_ground.Logger, notice);

        var hand = new PlayerHand(_player);
        var retry = Own(new PlayRetry(_ground));
        _plays = new PlaySequence(hand, _driver, _ground, retry, output.IsRealTime) { IsHeld = _tracks.IsHeld };
        retry.Again = _plays.TryAgain;
        Access.Online = _plays.TryAgain;
        Listener = new ListenerDesk(_plays, hand, _driver);
        reports.Observer = new PlayWatch(_plays, _driver, _ground) { Changed = () => _saver?.Look() };
        return _tracks.Plays = new PlayerDesk(_plays, hand, _driver, options.Core.FeedWindow);
    }

    private async Task<IConnectionListener?> ListenAsync(
        SpotifyClientOptions options, ITransport transport, CancellationToken cancellationToken)
    {
        if (!options.Serve)
            return null;

        var endPoint = new IPEndPoint(IPAddress.Parse(options.ListenAddress), options.ListenPort);
        var listening = await ListenAsync(endPoint, transport, cancellationToken);
        _parts.Push(listening);
        ListenPort = listening.EndPoint.Port;
        Outside = new OutsidePort(ListenPort, AccessPoint);
        Access.SeenAt = Outside.SeenAt;
        AccessPoint.SetPort(ListenPort);
        ClientLog.Listening(_ground.Logger, listening.EndPoint, Identity.Id);
        return listening;
    }

    private void MapPort(SpotifyClientOptions options, IPAddress listening)
    {
        var mapping = options.PortMapping;
        if (!mapping.Enabled || IPAddress.IsLoopback(listening))
            return;

        var (time, logger) = (_ground.Time, _ground.Logger);
        var search = new GatewaySearch(GatewaySearch.Multicast, time);
        var caller = Own(new UpnpCaller(mapping.CallTime));
        var finder = new GatewayFinder(() => LocalNetwork.Find(listening), search, caller, mapping, time);
        _parts.Push(new PortKeeper(finder, mapping, ListenPort, Outside!.Map, (time, logger)));
    }

    /// <summary>Listens at the port that was named, or at a free one where somebody else does.</summary>
    private async Task<IConnectionListener> ListenAsync(
        IPEndPoint endPoint, ITransport transport, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.ListenAsync(endPoint, cancellationToken);
        }
        catch (IOException taken)
            when (endPoint.Port != 0
                && taken.InnerException is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
        {
            var listening = await transport.ListenAsync(new IPEndPoint(endPoint.Address, 0), cancellationToken);
            ClientLog.PortTaken(_ground.Logger, endPoint.Port, listening.EndPoint.Port);
            return listening;
        }
    }

    /// <summary>
    /// Ends what goes on, outermost first: the sound, connections, calls, the player, the cache's work, at last the
    /// loop. What the parts hold is given back after that.
    /// </summary>
    private async ValueTask EndAsync()
    {
        await _loop.CallAsync(() =>
        {
            _saver?.End();
            _plays.Stop();
            _peers.CloseAll();
            _uploads.End();
            _isOver = true;
        });
        await AccessPoint.DisposeAsync();
        try
        {
            await _ground.Background.WhenIdleAsync().WaitAsync(Patience, _ground.Time);
            _player.Dispose();
            await (await _loop.CallAsync(_cache.EndAsync)).WaitAsync(Patience, _ground.Time);
        }
        catch (TimeoutException late)
        {
            ClientLog.EndFailed(_ground.Logger, late);
        }

        await _loop.DisposeAsync();
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
