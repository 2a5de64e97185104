using Microsoft.Extensions.Logging;
using SpotifyCore.Client.Access;
using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Listening;
using SpotifyCore.Client.Offline;
using SpotifyCore.Client.Peering;
using SpotifyCore.Client.PortMapping;
using SpotifyCore.Client.Running;
using SpotifyCore.Client.Uploading;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Client;

/// <summary>
/// The production runtime around the client core: puts loop, cache, connections, access point and player together, and
/// takes them apart again in the opposite order.
/// </summary>
internal sealed class ClientComposition : IAsyncDisposable
{
    /// <summary>What is still under way after so long does not keep the client from ending.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly OwnedParts _owned;
    private readonly LoopContext _context;
    private ClientFiles _files = null!;
    private ClientPlayback _playback = null!;
    private ChunkStoreAdapter _cache = null!;
    private PeerPort _port = null!;
    private ClientAccess _access = null!;
    private PeerConnections _peers = null!;
    private string _listener = "";
    private int _disposed;
    private bool _isOver;

    private ClientComposition(LoopContext context) => (_context, _owned) = (context, new OwnedParts(context.Logger));

    /// <summary>This client's id.</summary>
    public PeerId Id => _files.Identity.Id;

    /// <summary>Port at which peers are accepted; 0 when none are.</summary>
    public int ListenPort => _port.Number;

    /// <summary>The access point.</summary>
    public AccessPointClient AccessPoint => _access.Link;

    /// <summary>What can be found and played without a network.</summary>
    public KeptCatalogue Cached { get; private set; } = null!;

    /// <summary>What a listener does; on the loop.</summary>
    public PlaybackCommands Commands => _playback.Commands;

    /// <summary>What the client tells of what plays; on the loop.</summary>
    public PlaybackReports Playing { get; private set; } = null!;

    /// <summary>What the client tells of the rest; on the loop.</summary>
    public ClientReports Reports { get; private set; } = null!;

    /// <summary>What may go up; on the loop.</summary>
    public UploadControl Uploads { get; private set; } = null!;

    /// <summary>What is kept offline.</summary>
    public OfflineLibrary Library => _files.Offline;

    /// <summary>What comes to be kept; on the loop.</summary>
    public OfflineKeeping Keeping => _access.Keeping;

    /// <summary>What the access point is told of it.</summary>
    public OfflineContact Offline => _access.Offline;

    /// <summary>What it is told of what plays; on the loop.</summary>
    public PlaybackHandover Handover => _access.Handover;

    private ClientRuntime Runtime => _playback.Runtime;

    /// <summary>Starts everything.</summary>
    public static async Task<ClientComposition> StartAsync(
        SpotifyClientOptions options, TimeProvider time, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        PartSettings.Check(options);
        var composition = new ClientComposition(LoopContext.Create(options.Slots, time, logs.CreateLogger<ClientComposition>()));
        try
        {
            await composition.BuildAsync(options, logs, cancellationToken);
            return composition;
        }
        catch
        {
            await composition.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has a function called on the loop.</summary>
    /// <exception cref="ObjectDisposedException">The client has ended.</exception>
    public Task<T> CallAsync<T>(Func<T> function) => _context.Loop.CallAsync(() =>
    {
        ObjectDisposedException.ThrowIf(_isOver, typeof(SpotifyClient));
        var result = function();
        _playback.Saver?.Look();
        Handover.Look();
        return result;
    });

    /// <summary>Has something done on the loop.</summary>
    /// <exception cref="ObjectDisposedException">The client has ended.</exception>
    public Task CallAsync(Action action) => CallAsync(() =>
    {
        action();
        return true;
    });

    /// <summary>Has the core told of what a listener does.</summary>
    /// <exception cref="ObjectDisposedException">The client has ended.</exception>
    public Task RaiseAsync<TEvent>(TEvent occurred)
        where TEvent : struct, IClientEvent => CallAsync(() => Runtime.Raise(occurred));

    /// <summary>Logs in, goes online, and tells the tracker what this client holds whole.</summary>
    public async Task LogInAsync(string name, string password, CancellationToken cancellationToken)
    {
        await _access.Account.LogInAsync(name, password, cancellationToken);
        await EnterAsync(name);
    }

    /// <summary>As the other, with what a provider has said.</summary>
    public async Task LogInAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        await _access.Account.LogInAsync(request, cancellationToken);
        await EnterAsync(_access.Link.Account);
    }

    /// <summary>Goes offline, ends the session, and forgets what was kept of the account.</summary>
    public async Task LogOutAsync()
    {
        await Offline.ClearAsync();
        await _access.Account.LogOutAsync();
        try
        {
            _files.Tracks.Clear();
        }
        finally
        {
            await CallAsync(() =>
            {
                Runtime.Raise(new AccountChanged(IsAnother: true));
                _listener = "";
                _playback.Saver?.Clear();
            });
        }
    }

    /// <summary>Completes when nothing plays any more; called on the loop.</summary>
    public Task WhenStoppedAsync() => _playback.Player.WhenStoppedAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        await _owned.DisposeAsync();
        ClientLog.Ended(_context.Logger, _context.Slots.Rented);
    }

    private async Task EnterAsync(string name)
    {
        await Offline.EnterAsync();
        await CallAsync(() =>
        {
            // A session may have ended by itself: who comes then is another all the same.
            Runtime.Raise(new AccountChanged(_listener.Length > 0 && _listener != name));
            _listener = name;
            _access.AnnounceAll();
        });
    }

    private IEnumerable<Contracts.OpenedTrack> FindKept(int bitsPerSecond) => Library.Right.IsClockSound()
        ? Library.Playable().Concat(_files.Tracks.All(bitsPerSecond))
        : [];

    private async Task BuildAsync(
        SpotifyClientOptions options, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        _files = await ClientFiles.OpenAsync(options, _owned, logs, _context);
        _playback = ClientPlayback.Start(options, _files, _context, _owned);
        Uploads = _owned.Own(new UploadControl(
            options.Uploads, _files.Uploads, settings => PartSettings.Apply(settings, options), _context, Runtime));
        _cache = new ChunkStoreAdapter(
            new OfflineChunkCache(_files.Cache, Library.Files), _files.Held, _context, Runtime);
        Cached = new KeptCatalogue(() => FindKept(options.BitsPerSecond), _cache.HoldsWhole);
        _port = await PeerPort.OpenAsync(options, _files.Identity, _context, _owned, cancellationToken);
        _access = ClientAccess.Create(options, _files, _cache, _playback, ListenPort, _context);
        _cache.Kept = _access.Keeping;
        Library.Files.Damaged = _ => Offline.Want();
        Library.Lost = Offline.Want;
        _owned.Own(_access.Tickets);
        _owned.Own(Offline);
        _owned.OwnAsyncDisposable(_access.Link);
        _peers = _owned.Own(new PeerConnections(
            PartSettings.Peers(options, ListenPort), _port.Transport, _access.Tickets, _context, Runtime)
        {
            Cache = _cache, Uploading = Uploads.Note,
        });
        Playing = new PlaybackReports(Runtime, _playback.Player, _playback.Descriptions, _access.Link);
        Reports = new ClientReports(Runtime, _cache, _peers, Uploads, _access.Outside);
        await BeginAsync(options.PortMapping);
    }

    private async Task BeginAsync(PortMappingOptions mapping)
    {
        var timer = _owned.Own(WakeTimer.Of(Runtime, _context));
        Runtime.Start(new ClientPorts(_cache, _access.Port, _peers, _playback.Player, timer));
        _context.Loop.Start();
        _owned.OnEnd(EndAsync);
        await CallAsync(Uploads.Begin);
        if (_port.Listening is { } listening)
            _owned.OwnAsyncDisposable(new PeerListener(listening, _peers));

        _port.Map(mapping, _access.Outside, _context, _owned);
        if (_access.Account.Resume())
        {
            _listener = AccessPoint.Account;
            await CallAsync(_access.AnnounceAll);
        }

        Offline.Start();
        Offline.Want();
        if (_playback.Saver is { } saver)
            await CallAsync(saver.Restore);
        await CallAsync(Handover.Begin);
    }

    /// <summary>
    /// Ends what goes on, outermost first: the sound, connections, calls, the player, the cache's work, at last the
    /// loop. What the parts hold is given back after that.
    /// </summary>
    private async ValueTask EndAsync()
    {
        var lastWord = await _context.Loop.CallAsync(() =>
        {
            _playback.Saver?.End();
            var said = Handover.EndAsync();
            Runtime.Raise(new PlaybackStopped());
            _peers.CloseAll();
            Uploads.End();
            Runtime.Stop();
            _isOver = true;
            return said;
        });
        await lastWord;
        await _access.Link.DisposeAsync();
        try
        {
            await _context.Background.WhenIdleAsync().WaitAsync(Patience, _context.Time);
            _playback.Player.Dispose();
            await (await _context.Loop.CallAsync(_cache.EndAsync)).WaitAsync(Patience, _context.Time);
        }
        catch (TimeoutException late)
        {
            ClientLog.EndFailed(_context.Logger, late);
        }

        await _context.Loop.DisposeAsync();
    }
}
