using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Offline;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Testing;
using SpotifyCore.Testing.Power;

namespace SpotifyCore.Client.Tests.Offline;

/// <summary>The power goes while music is being kept, at every moment there is: what was told as kept is there whole.</summary>
public sealed class OfflinePowerLossTests
{
    private const int Files = 2;

    [Fact]
    public async Task Keep_AfterItWasTold_SurvivesWhole()
    {
        using var loss = await PowerLoss.RunAsync(static scenario => KeepAsync(scenario));
        foreach (var cut in loss.Cuts())
        {
            using var directory = new TempDirectory();
            cut.Restore(directory.Path);
            var told = cut.Acknowledged.Count;
            Assert.True(new OfflineList(At(directory.Path, "list")).Entries.Count >= told, $"{cut}: what is wanted is lost");
            using var device = DeviceKey.LoadOrCreate(At(directory.Path, "device"));
            Assert.True(told == 0 || Right(directory.Path, device).Account == "ann", $"{cut}: the right is lost");
            using var files = Open(directory.Path);
            for (var file = 0; file < Files; file++)
            {
                var kept = KeptFile.Make(file);
                var isWhole = files.Holds(kept.Manifest.File);
                Assert.True(isWhole || file >= told, $"{cut}: file {file} is lost");
                Assert.True(!isWhole || await IsReadableAsync(files, kept), $"{cut}: file {file} is not whole");
            }
        }
    }

    private static async Task KeepAsync(PowerLossScenario scenario)
    {
        using var device = DeviceKey.LoadOrCreate(At(scenario.Root, "device"));
        using var files = Open(scenario.Root);
        var list = new OfflineList(At(scenario.Root, "list"));
        for (var file = 0; file < Files; file++)
        {
            Right(scenario.Root, device).Begin("ann", TimeSpan.FromDays(30));
            list.Add(new OfflineEntry(OfflineKind.Track, $"{file}", "Title", [], []));
            var kept = KeptFile.Make(file);
            await files.BeginAsync(kept.Manifest);
            for (var chunk = 0u; chunk < kept.Manifest.ChunkCount; chunk++)
                await files.WriteAsync(kept.IdOf(chunk), kept.Chunk(chunk));

            files.Complete(kept.Manifest.File);
            scenario.Acknowledge(file.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static async Task<bool> IsReadableAsync(OfflineFiles files, KeptFile kept)
    {
        var buffer = new byte[Manifest.ChunkSize];
        for (var chunk = 0u; chunk < kept.Manifest.ChunkCount; chunk++)
        {
            var read = await files.ReadAsync(kept.IdOf(chunk), buffer);
            if (!kept.Chunk(chunk).Span.SequenceEqual(buffer.AsSpan(0, read)))
                return false;
        }

        return true;
    }

    private static string At(string directory, string name) => Path.Combine(directory, name);

    private static OfflineRight Right(string directory, DeviceKey device) =>
        new(At(directory, "right"), "http://a", device, TimeProvider.System, NullLogger.Instance);

    private static OfflineFiles Open(string directory)
    {
        var files = new OfflineFiles(At(directory, "files"), new MemoryChunkCache(1 << 20), NullLogger.Instance);
        files.Find();
        return files;
    }
}
