using Microsoft.Extensions.Logging;
using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Offline;
using SpotifyCore.Client.Running;
using SpotifyCore.Client.Uploading;
using SpotifyCore.Content.Files;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Storage.Cache;

namespace SpotifyCore.Client;

/// <summary>What a client has on disk, opened: all of it in its data directory, which is its alone.</summary>
internal sealed class ClientFiles
{
    // What is kept offline has a right of its own, for all of it at once.
    private static readonly TimeSpan UntilTheRightEnds = TimeSpan.FromDays(365 * 100);

    private ClientFiles(FasterChunkCache cache, NodeIdentity identity, HeldFiles held, KeptTracks tracks) =>
        (Cache, Identity, Held, Tracks) = (cache, identity, held, tracks);

    /// <summary>The chunk cache.</summary>
    public FasterChunkCache Cache { get; }

    /// <summary>The client's key.</summary>
    public NodeIdentity Identity { get; }

    /// <summary>Which files are held whole.</summary>
    public HeldFiles Held { get; }

    /// <summary>What was kept of opened tracks.</summary>
    public KeptTracks Tracks { get; }

    /// <summary>What is kept offline.</summary>
    public required OfflineLibrary Offline { get; init; }

    /// <summary>The session that is open; null when it is not kept.</summary>
    public KeptSession? Session { get; private init; }

    /// <summary>What plays; null when it is not kept.</summary>
    public KeptPlayback? Playback { get; private init; }

    /// <summary>What was uploaded this month, and what the listener chose of it.</summary>
    public required UploadLedger Uploads { get; init; }

    /// <summary>Opens everything.</summary>
    /// <exception cref="IOException">The directory can't be had; the message says why.</exception>
    public static async Task<ClientFiles> OpenAsync(
        SpotifyClientOptions options, OwnedParts owned, ILoggerFactory logs, LoopContext context)
    {
        var (time, logger) = (context.Time, context.Logger);
        var data = Path.GetFullPath(options.DataDirectory);
        string At(string name) => Path.Combine(data, name);

        // First of all: two clients at the same files would each undo what the other wrote.
        owned.Own(DirectoryLock.Take(data));
        var cache = owned.OwnAsyncDisposable(await FasterChunkCache.OpenAsync(
            PartSettings.Cache(options, data), logs.CreateLogger<FasterChunkCache>(), time));
        var identity = owned.Own(NodeIdentity.LoadOrCreate(At("identity.pem")));
        var device = owned.Own(DeviceKey.LoadOrCreate(At("device.key")));
        var held = owned.Own(HeldFiles.Open(At("held")));
        var tracks = new KeptTracks(At("tracks"), device, new KeptTracksOptions(), time, logger);
        return new ClientFiles(cache, identity, held, tracks)
        {
            Offline = OpenOffline(options, cache, device, owned, context),
            Session = options.KeepSession
                ? new KeptSession(At("session"), WhoOf(options), device, logger)
                : null,
            Playback = options.KeepPlayback ? new KeptPlayback(At("queue"), At("playing")) : null,
            Uploads = UploadLedger.Open(At("uploads")),
        };
    }

    private static OfflineLibrary OpenOffline(
        SpotifyClientOptions options, FasterChunkCache cache, DeviceKey device, OwnedParts owned, LoopContext context)
    {
        var (time, logger) = (context.Time, context.Logger);
        var directory = Path.Combine(Path.GetFullPath(options.DataDirectory), "offline");
        string At(string name) => Path.Combine(directory, name);

        var files = owned.Own(new OfflineFiles(At("files"), cache, logger));
        var tracks = new KeptTracks(
            At("tracks"), device, new KeptTracksOptions { KeepFor = UntilTheRightEnds }, time, logger);
        var library = new OfflineLibrary(
            new OfflineList(At("list")),
            files,
            tracks,
            new OfflineRight(At("right"), WhoOf(options), device, time, logger),
            new OfflineRoom(Path.GetFullPath(options.DataDirectory), options.OfflineBytes, options.BitsPerSecond));
        library.Load();
        if (library.List.Fault is { Length: > 0 } fault)
            ClientLog.OfflineFailed(logger, fault);

        return library;
    }

    private static string WhoOf(SpotifyClientOptions options) => $"{options.AccessPoint} {options.AccessPointId}";
}
