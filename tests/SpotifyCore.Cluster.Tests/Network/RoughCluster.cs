using SpotifyCore.Cluster.Tests.Sound;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Cluster.Tests.Network;

/// <summary>
/// A cluster for tests that kill its hosts and alter its disks, each of which leaves it running as it was. Listeners
/// reach the storage nodes through relays. There is a piece for each test, so that each finds it cold.
/// </summary>
public sealed class RoughCluster : IAsyncLifetime
{
    public const string StorageKilled = "storage killed.flac";
    public const string MasterKilled = "master killed.flac";
    public const string PeerDamaged = "peer damaged.flac";
    public const string StorageDamaged = "storage damaged.flac";
    public const string MasterDamaged = "master damaged.flac";
    public const string LiedAbout = "lied about.flac";
    public const string DesktopKilled = "desktop killed.flac";
    public const string StorageFrozen = "storage frozen.flac";
    public const string AllStorageFrozen = "all storage frozen.flac";
    public const string OpenedBefore = "opened before.flac";
    public const string NeverOpened = "never opened.flac";
    public const string Foreign = "foreign peer.flac";

    /// <summary>What is kept offline: one album.</summary>
    public static readonly string[] Kept = ["kept one.flac", "kept two.flac"];

    private readonly TestMusic _music = new();
    private readonly List<HoldingRelay> _relays = [];
    private ImportReport _import = null!;

    internal TestCluster Cluster { get; private set; } = null!;

    /// <summary>What stands before the storage nodes.</summary>
    internal IReadOnlyList<HoldingRelay> Relays => _relays;

    public async Task InitializeAsync()
    {
        var starting = TestCluster.StartAsync(node =>
        {
            _relays.Add(new HoldingRelay(node));
            return _relays[^1].Address;
        });
        foreach (var (seed, name) in new[] { StorageKilled, MasterKilled }.Index())
            _music.Make(name, 30 + seed, 40);

        string[] others =
        [
            PeerDamaged, StorageDamaged, MasterDamaged, LiedAbout, DesktopKilled, StorageFrozen, AllStorageFrozen,
            OpenedBefore, NeverOpened, Foreign,
        ];
        foreach (var (seed, name) in others.Index())
            _music.Make(name, 40 + seed, 12);

        foreach (var (seed, name) in Kept.Index())
            _music.Make(name, 60 + seed, 12, "-metadata", "album=Taken along", "-metadata", $"track={seed + 1}");

        Cluster = await starting;
        _import = await Cluster.ImportAsync(_music.Folder);
        Assert.True(_import.Run.ExitCode == 0, _import.Run.Errors);
    }

    public async Task DisposeAsync()
    {
        await Cluster.DisposeAsync();
        foreach (var relay in _relays)
            await relay.DisposeAsync();

        _music.Dispose();
    }

    internal TrackId TrackOf(string name) => _import.TrackOf(name);

    /// <summary>What the source of a track is, as ffmpeg decodes it.</summary>
    internal Pcm SourceOf(string name) => Pcm.FromSource(_music[name]);

    /// <summary>Waits for a storage node that is held, and says which.</summary>
    internal async Task<ClusterNode> HeldAsync()
    {
        var held = await Task.WhenAny(_relays.Select(static relay => relay.Held));
        return Cluster.Storage[_relays.FindIndex(relay => relay.Held == held)];
    }

    /// <summary>Lets the storage nodes answer again.</summary>
    internal void Release()
    {
        foreach (var relay in _relays)
            relay.Release();
    }

    /// <summary>Brings everything back to how a test is to find it.</summary>
    internal Task RestoreAsync()
    {
        Release();
        return Cluster.RestoreAsync();
    }

    /// <summary>Holds the storage nodes, each after so many bytes.</summary>
    internal void HoldAfter(long bytes)
    {
        foreach (var relay in _relays)
            relay.HoldAfter(bytes);
    }
}
