using SpotifyCore.Content.Manifests;
using SpotifyCore.Node.Manifests;
using SpotifyCore.Testing;

namespace SpotifyCore.Node.Tests.Manifests;

public sealed class ManifestTableTests
{
    private readonly TestFile[] _files = [.. Enumerable.Range(0, 8).Select(static i => TestFile.Create(i, 100))];

    [Fact]
    public async Task FindManifestAsync_Again_AsksNobody()
    {
        var upstream = new FarSource(_files);
        var table = new ManifestTable(upstream);

        Assert.Equal(_files[0].Id, (await table.FindManifestAsync(_files[0].Id))?.File);
        Assert.Equal(_files[0].Id, (await table.FindManifestAsync(_files[0].Id))?.File);

        Assert.Equal(1, upstream.ManifestsAsked);
    }

    [Fact]
    public async Task FindManifestAsync_ManyAtOnceOneGivesUp_AskOnce()
    {
        var upstream = new FarSource(_files);
        upstream.Close();
        var table = new ManifestTable(upstream);
        using var cancel = new CancellationTokenSource();
        var quitter = table.FindManifestAsync(_files[0].Id, cancel.Token).AsTask();
        var others = Enumerable.Range(0, 20).Select(_ => table.FindManifestAsync(_files[0].Id).AsTask()).ToArray();

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => quitter);
        upstream.Open();

        Assert.All(await Task.WhenAll(others), manifest => Assert.Equal(_files[0].Id, manifest?.File));
        Assert.Equal(1, upstream.ManifestsAsked);
    }

    [Fact]
    public async Task FindManifestAsync_OverTheLimit_ForgetsTheOneUsedLongestAgo()
    {
        var upstream = new FarSource(_files);
        var table = new ManifestTable(upstream, limitBytes: 3 * (Manifest.HeaderSize + Manifest.EntrySize));
        foreach (var index in new[] { 0, 1, 2, 0, 3 })
            await table.FindManifestAsync(_files[index].Id);

        Assert.True(table.TryFind(_files[0].Id, out _));
        Assert.False(table.TryFind(_files[1].Id, out _));
        Assert.True(table.TryFind(_files[2].Id, out _));
        Assert.True(table.TryFind(_files[3].Id, out _));
    }

    [Fact]
    public async Task FindManifestAsync_MissOrFailure_IsNotRemembered()
    {
        var upstream = new FarSource(_files);
        var table = new ManifestTable(upstream);
        upstream.Failure = new IOException("down");

        await Assert.ThrowsAsync<IOException>(async () => await table.FindManifestAsync(_files[0].Id));
        upstream.Failure = null;

        Assert.NotNull(await table.FindManifestAsync(_files[0].Id));
    }

    [Fact]
    public async Task FindManifestAsync_Hit_DoesNotAllocate()
    {
        var table = new ManifestTable(new FarSource(_files));
        await table.FindManifestAsync(_files[0].Id);

        AllocationAssert.None(() =>
        {
            if (!table.FindManifestAsync(_files[0].Id).IsCompletedSuccessfully)
                throw new InvalidOperationException("Not a hit.");
        });
    }
}
