using SpotifyCore.Client.Accounts;
using SpotifyCore.Client.Peering;
using SpotifyCore.Client.Running;
using SpotifyCore.Client.Uploading;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Storage.Cache;

namespace SpotifyCore.Client;

/// <summary>What a client's options mean for each of its parts.</summary>
internal static class PartSettings
{
    private const long MostCache = 10L << 30;
    private const int SendBuffer = 64 << 10;
    private const int HandshakesPerAddress = 16;
    private const long LeastCache = 256L << 20;

    /// <exception cref="ArgumentException">An option is wrong; the message says which.</exception>
    public static void Check(SpotifyClientOptions options)
    {
        if (new SpotifyClientOptionsValidator().Validate(null, options) is { Failed: true } wrong)
            throw new ArgumentException(wrong.FailureMessage, nameof(options));

        if (new SpotifyClientOptionsCheck().Validate(null, options) is { Failed: true } meaningless)
            throw new ArgumentException(meaningless.FailureMessage, nameof(options));

        var neighbours = options.Core.Neighbours;
        neighbours.HardLimit = Math.Min(neighbours.HardLimit, options.MaxConnections);
        neighbours.SoftLimit = Math.Min(neighbours.SoftLimit, neighbours.HardLimit);
    }

    /// <summary>Where the access point is.</summary>
    public static EndpointChannelOptions AccessPoint(SpotifyClientOptions options) => new()
    {
        Address = options.AccessPoint,
        ServerId = PeerId.TryParse(options.AccessPointId, out var id) ? id : null,
    };

    /// <summary>Room of the cache.</summary>
    public static ChunkCacheOptions Cache(SpotifyClientOptions options, string data) => new()
    {
        Directory = Path.Combine(data, "cache"),
        DiskBytes = options.CacheBytes > 0
            ? options.CacheBytes
            : Math.Clamp(new DriveInfo(data).AvailableFreeSpace / 10, LeastCache, MostCache),
        MemoryBytes = options.CacheMemoryBytes,
    };

    /// <summary>Has the core give what may go up by these settings.</summary>
    public static void Apply(UploadSettings uploads, SpotifyClientOptions options)
    {
        var core = options.Core;
        core.Uploads.Enabled = uploads.Enabled && options.Serve && options.DeviceKind == DeviceKind.Desktop;
        core.Uploads.LanOnly = core.Neighbours.LanOnly = uploads.LanOnly;
        core.Uploads.MaxBytesPerSecond = uploads.MaxBytesPerSecond;
        core.Uploads.MonthlyBytes = uploads.MonthlyBytes;
    }

    /// <summary>How connections are set up: little waits in the system, so that what is urgent is not stuck.</summary>
    public static TransportOptions Transport() => new()
    {
        SendBufferBytes = SendBuffer, MaxHandshakesPerAddress = HandshakesPerAddress,
    };

    /// <summary>Limits of connections, and what this side says of itself.</summary>
    public static PeerConnectionsOptions Peers(SpotifyClientOptions options, int listenPort)
    {
        var session = new PeerSessionOptions
        {
            Role = PeerRole.Peer,
            Serves = options.Serve && options.DeviceKind == DeviceKind.Desktop,
            ListenPort = (ushort)listenPort,
        };
        var most = options.MaxConnections + PeerConnectionsOptions.Nodes;
        return new PeerConnectionsOptions(session, most, options.ChunkFrameBytes);
    }
}
