using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Storage.Vault;
using SpotifyCore.Testing;
using SpotifyCore.Testing.Power;

namespace SpotifyCore.Storage.Tests.Crash;

/// <summary>The power goes while a vault is written, at every moment there is.</summary>
public sealed class VaultPowerLossTests : IDisposable
{
    private const int Files = 4;
    private const int Length = 40_000;

    private readonly TempDirectory _directory = new();
    private readonly byte[] _buffer = new byte[Manifest.ChunkSize];
    private int _cuts;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public Task Commit_PowerLost_FileIsWholeWhereItWasAcknowledged() => RunAsync(static scenario =>
        FillAsync(scenario, "vault"));

    /// <summary>Somebody deletes all of it while it is open, as when a disk is emptied.</summary>
    [Fact]
    public Task Commit_DirectoryDeletedBefore_SurvivesPowerLossToo() => RunAsync(static async scenario =>
    {
        using var vault = Open(Path.Combine(scenario.Root, "vault"));
        Directory.Delete(Path.Combine(scenario.Root, "vault"), recursive: true);
        await StoreAsync(vault, 0);
        scenario.Acknowledge("0");
    });

    /// <summary>A file that was found damaged is stored again, in its old place.</summary>
    [Fact]
    public Task Commit_InPlaceOfADamagedFile_SurvivesPowerLossToo() => RunAsync(static async scenario =>
    {
        var directory = Path.Combine(scenario.Root, "vault");
        using var vault = Open(directory);
        await StoreAsync(vault, 0);
        DiskDamage.FlipEverywhere(directory, TestFile.Create(0, Length).Bytes(1));
        var file = TestFile.Create(0, Length);
        var request = new ChunkRequest(file.Id, 1, 1, RequestPriority.Playing, Instant.Never);
        Assert.Equal(
            ChunkReadStatus.NotFound, (await vault.ReadAsync(request, new byte[Manifest.ChunkSize])).Status);
        await StoreAsync(vault, 0);
        scenario.Acknowledge("0");
    });

    private static async Task FillAsync(PowerLossScenario scenario, string name)
    {
        using var vault = Open(Path.Combine(scenario.Root, name));
        for (var seed = 0; seed < Files; seed++)
        {
            await StoreAsync(vault, seed);
            scenario.Acknowledge(seed.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static async Task StoreAsync(FileVault vault, int seed)
    {
        var file = TestFile.Create(seed, Length);
        await using var writer = (await vault.BeginAsync(file.Manifest))!;
        for (uint index = 0; index < file.Manifest.ChunkCount; index++)
            await writer.WriteAsync(index, file.Bytes(index));

        Assert.True(await writer.CommitAsync());
    }

    private async Task RunAsync(Func<PowerLossScenario, Task> scenario)
    {
        using var loss = await PowerLoss.RunAsync(scenario);
        foreach (var cut in loss.Cuts())
        {
            var directory = _directory[$"{++_cuts}"];
            cut.Restore(directory);
            using var vault = Open(Path.Combine(directory, "vault"));
            for (var seed = 0; seed < Files; seed++)
                await CheckAsync(vault, seed, cut);
        }
    }

    private async Task CheckAsync(FileVault vault, int seed, PowerCut cut)
    {
        var file = TestFile.Create(seed, Length);
        var isAcknowledged = cut.Acknowledged.Contains(seed.ToString(CultureInfo.InvariantCulture));
        for (uint index = 0; index < file.Manifest.ChunkCount; index++)
        {
            var request = new ChunkRequest(file.Id, index, 1, RequestPriority.Playing, Instant.Never);
            var read = await vault.ReadAsync(request, _buffer);
            Assert.True(read.Status == ChunkReadStatus.Found || !isAcknowledged, $"{cut}: file {seed} is lost");
            Assert.True(
                read.Status != ChunkReadStatus.Found
                || file.Bytes(index).Span.SequenceEqual(_buffer.AsSpan(0, read.Length)),
                $"{cut}: wrong bytes of file {seed}");
        }
    }

    private static FileVault Open(string directory) =>
        new(new VaultOptions { Directory = directory }, NullLogger<FileVault>.Instance);
}
