using System.Globalization;
using System.Security.Cryptography;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Login;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.SideBySide.Processes;
using SpotifyCore.Storage.Cache;

namespace SpotifyCore.SideBySide.Transferring;

/// <summary>
/// An access point with an album of made tracks, and a storage node that has them in its cache, on loopback. The master
/// node that both are told of is not there: nothing is missing that it could be asked for.
/// </summary>
internal sealed class TransferNetwork : IAsyncDisposable
{
    /// <summary>What the album is called.</summary>
    public const string Album = "Taken along";

    private const string Importer = "librarian";
    private const long CacheBytes = 1L << 30;

    private readonly string _password = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));
    private readonly string _directory;
    private readonly ServerProcess _accessPoint;
    private ServerProcess? _storage;

    private TransferNetwork(string directory, string url, ServerProcess accessPoint, ServerProcess storage)
    {
        (_directory, Url) = (directory, url);
        (_accessPoint, _storage) = (accessPoint, storage);
    }

    /// <summary>Where the access point listens.</summary>
    public string Url { get; }

    /// <summary>Starts both, and adds the album.</summary>
    public static async Task<TransferNetwork> StartAsync(
        string directory, int tracks, CancellationToken cancellationToken)
    {
        var cache = Path.Combine(StorageIn(directory), "cache");
        Directory.CreateDirectory(cache);
        var requests = await FillAsync(cache, tracks, cancellationToken);
        var network = await LoopbackPort.StartAsync(port => LaunchAsync(directory, port, cancellationToken));
        try
        {
            await network.AddAccountAsync(Importer, "import", cancellationToken);
            await network.AddAsync(requests, cancellationToken);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>A desktop of an account of its own, logged in.</summary>
    public async Task<KeepingDesktop> StartDesktopAsync(string account, CancellationToken cancellationToken)
    {
        await AddAccountAsync(account, "listener", cancellationToken);
        return await KeepingDesktop.StartAsync(
            Path.Combine(_directory, account), Url, account, _password, cancellationToken);
    }

    /// <summary>No node is left: what comes from now on comes from who has it already.</summary>
    public async ValueTask StopStorageAsync()
    {
        if (_storage is { } storage)
            await storage.DisposeAsync();

        _storage = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _accessPoint.DisposeAsync();
        await StopStorageAsync();
    }

    private static string StorageIn(string directory) => Path.Combine(directory, "storage");

    private static async Task<List<AddTrackRequest>> FillAsync(
        string directory, int tracks, CancellationToken cancellationToken)
    {
        await using var cache = FasterChunkCache.Open(
            new ChunkCacheOptions { Directory = directory, DiskBytes = CacheBytes },
            NullLogger<FasterChunkCache>.Instance);
        var requests = new List<AddTrackRequest>();
        for (var number = 1; number <= tracks; number++)
        {
            var track = new MadeTrack(number);
            for (uint chunk = 0; chunk < track.Manifest.ChunkCount; chunk++)
                await cache.PutAsync(new ChunkId(track.Manifest.File, chunk), track.Chunk(chunk), cancellationToken);

            requests.Add(RequestFor(track));
        }

        return requests;
    }

    private static AddTrackRequest RequestFor(MadeTrack track)
    {
        var title = $"Track {track.Number.ToString(CultureInfo.InvariantCulture)}";
        var hash = ByteString.CopyFrom(track.Hash);
        return new AddTrackRequest
        {
            SourceHash = hash,
            Encoder = "made",
            SourceName = title,
            Track = track.Sound.ToString(),
            Tags = new TrackTags { Title = title, AlbumTitle = Album, Number = track.Number, Artists = { "Nobody" } },
            Files =
            {
                new ImportedFile { Manifest = ByteString.CopyFrom(track.Manifest.Bytes.Span), PlaintextHash = hash },
            },
            Loudness = -12,
            Peak = 0.9f,
        };
    }

    private static async Task<TransferNetwork> LaunchAsync(
        string directory, int port, CancellationToken cancellationToken)
    {
        var (data, url) = (StorageIn(directory), $"http://127.0.0.1:{port}");
        var id = await ToolRun.RunAsync([Programs.Storage, "id", "--data-directory", data], cancellationToken);
        var listen = $"127.0.0.1:{LoopbackPort.Find()}";
        using var absent = NodeIdentity.Create();
        string[] master = [$"{absent.Id}@127.0.0.1:9"];
        string[] serving =
        [
            "--data-directory", Path.Combine(directory, "access-point"), "--listen", url,
            "--storage-nodes", $"{id.Output.Trim()}@{listen}", "--master-nodes", .. master,
        ];
        string[] storing =
        [
            "--data-directory", data, "--listen", listen, "--access-point", url,
            "--cache:disk-bytes", $"{CacheBytes >> 20}MiB", "--masters", .. master,
        ];
        var network = new TransferNetwork(
            directory,
            url,
            ServerProcess.Start([Programs.AccessPoint, .. serving]),
            ServerProcess.Start([Programs.Storage, .. storing]));
        try
        {
            await network._accessPoint.ReadLineAsync(cancellationToken);
            await network._storage!.ReadLineAsync(cancellationToken);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    private Task AddAccountAsync(string name, string role, CancellationToken cancellationToken)
    {
        var start = Programs.Prepare(
            Programs.AccessPoint, "account", "add", name, "--role", role, "--plan", "premium",
            "--data-directory", Path.Combine(_directory, "access-point"));
        start.Environment["SPOTIFYCORE_PASSWORD"] = _password;
        return ToolRun.RunAsync(start, cancellationToken);
    }

    private async Task AddAsync(IEnumerable<AddTrackRequest> tracks, CancellationToken cancellationToken)
    {
        using var identity = NodeIdentity.Create();
        using var channel = new EndpointChannel(new EndpointChannelOptions { Address = Url });
        var login = AccessPointLogin.RequestOf(
            Importer, _password, identity.ExportPublicKey(), LoginRoles.Import);
        var reply = await new AccessPoint.AccessPointClient(channel).LogInAsync(
            login, challenge => KeyProof.Sign(identity, challenge, Importer));
        channel.Session = reply.Session;
        var librarian = new Librarian.LibrarianClient(channel);
        foreach (var track in tracks)
            await librarian.AddTrackAsync(track, cancellationToken: cancellationToken);
    }
}
