
using SpotifyCore.Cluster.Tests.Network;
using SpotifyCore.Cluster.Tests.Sound;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sealing;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cluster.Tests.Rules;

/// <summary>Nothing that lies on a disk can be played without its key.</summary>
[Collection(SharedClusterGroup.Name)]
public sealed class DiskTests(SharedCluster shared)
{
    private const int MostBytesToDecode = 8 << 20;

    [Fact]
    public async Task Disks_OfAllHosts_HoldNothingThatSounds()
    {
        var track = shared.TrackOf(SharedCluster.Piece);
        var desktop = await shared.Cluster.DesktopAsync("resting");
        await desktop.TellAsync("login", "anna");
        await desktop.PlayAsync(track);
        Assert.Equal(0, await desktop.TerminateAsync());

        // Everything that a listener reads from a node lies there as it is, and is found by looking for it.
        var sealedFile = await ReadSealedAsync(track);
        var found = new HashSet<string>();
        var all = Directory.EnumerateFiles(shared.Cluster.Work.Path, "*", SearchOption.AllDirectories);
        foreach (var path in all.Where(IsKept))
        {
            if (Read(path) is not { } bytes)
                continue;

            Assert.False(HoldsOgg(bytes), path);
            if (bytes.AsSpan().IndexOf(sealedFile.AsSpan(0, Manifest.ChunkSize)) < 0)
                continue;

            found.Add(Path.GetRelativePath(shared.Cluster.Work.Path, path).Split(Path.DirectorySeparatorChar)[0]);
            Assert.True(bytes.Length > MostBytesToDecode || !Ffmpeg.CanDecode(path), path);
        }

        Assert.Contains("resting", found);
        Assert.Equal(2, found.Count(static name => name.StartsWith("master", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AFile_UnsealedWithItsKeyOnly_Sounds()
    {
        var track = shared.TrackOf(SharedCluster.Piece);
        using var anna = await RawListener.LogInAsync(shared.Cluster, "anna");
        var opened = await anna.OpenAsync(track);
        var other = await anna.OpenAsync(shared.TrackOf("mono.wav"));
        var file = await ReadSealedAsync(track);

        Assert.False(Sounds("sealed.ogg", file));
        Assert.False(Sounds("wrong key.ogg", Unseal(file, other)));
        Assert.True(Sounds("right key.ogg", Unseal(file, opened)));
    }

    // Not what a test's own client played, nor sockets and locks, which only their owners may open.
    private static bool IsKept(string path) => Path.GetExtension(path) is not (".wav" or ".sock" or ".lock")
        && Path.GetFileName(path) != "lock";

    private bool Sounds(string name, byte[] content)
    {
        var path = shared.Cluster.Work[name];
        File.WriteAllBytes(path, content);
        try
        {
            return HoldsOgg(content) | Ffmpeg.CanDecode(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task<byte[]> ReadSealedAsync(TrackId track)
    {
        using var listener = await RawListener.LogInAsync(shared.Cluster, "bertil");
        var manifest = RawListener.ManifestOf(await listener.OpenAsync(track));
        return await listener.ReadAsync(shared.Cluster.OwnersOf(manifest.File)[0].Address, manifest);
    }

    private static byte[] Unseal(byte[] file, OpenedTrack opened)
    {
        var plain = (byte[])file.Clone();
        using var seal = new ChunkSeal(ContentKey.Read(opened.ContentKey.Span));
        for (var start = 0; start < plain.Length; start += Manifest.ChunkSize)
        {
            var chunk = plain.AsSpan(start, Math.Min(Manifest.ChunkSize, plain.Length - start));
            seal.Apply((uint)(start / Manifest.ChunkSize), chunk);
        }

        return plain;
    }

    // Page after page begins with this: capture pattern and version; chance hits are as good as out of the question.
    private static bool HoldsOgg(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf("OggS\0\0\0"u8) >= 0 || bytes.IndexOf("OpusHead"u8) >= 0;

    /// <summary>A file as it lies there; null when its host, which goes on, has put another in its place.</summary>
    private static byte[]? Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
