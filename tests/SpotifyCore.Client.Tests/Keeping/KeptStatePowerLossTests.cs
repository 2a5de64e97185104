using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Client.Catalogue;
using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Uploading;
using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Queueing;
using SpotifyCore.Testing.Power;

namespace SpotifyCore.Client.Tests.Keeping;

/// <summary>The power goes while a desktop keeps its state, at every moment there is.</summary>
public sealed class KeptStatePowerLossTests
{
    private const int Changes = 3;

    [Fact]
    public Task Session_Kept_Survives() => RunAsync(
        static scenario => KeepAsync(scenario, static (directory, change) =>
        {
            using var device = DeviceKey.LoadOrCreate(Path.Combine(directory, "device"));
            Session(directory, device).Keep("ann", $"token {change}");
        }),
        static directory =>
        {
            using var device = DeviceKey.LoadOrCreate(Path.Combine(directory, "device"));
            return Session(directory, device).Find() is { Token: var token } ? Number(token["token ".Length..]) : -1;
        });

    [Fact]
    public Task Playback_Kept_Survives() => RunAsync(
        static scenario => KeepAsync(scenario, static (directory, change) =>
        {
            var track = KeptQueuedTrack.Of(TrackInfo.Unknown(new TrackId(9)));
            Playback(directory).Keep(new KeptQueue([.. Enumerable.Repeat(track, change + 1)], null));
            Playback(directory).Keep(new KeptPlace(-1, "", change, false, RepeatMode.Off, 100, 0));
        }),
        static directory => Playback(directory).Find() is { } kept
            ? Math.Min(kept.Queue.Tracks.Length - 1, (int)kept.Place.Sample)
            : -1);

    [Fact]
    public Task Uploads_Noted_Survive() => RunAsync(
        static scenario => KeepAsync(
            scenario, static (directory, change) => Uploads(directory).Note("2031-04", change + 1, null)()),
        static directory => (int)Uploads(directory).Bytes - 1);

    private static KeptSession Session(string directory, DeviceKey device) =>
        new(Path.Combine(directory, "session"), "http://localhost", device, NullLogger.Instance);

    private static KeptPlayback Playback(string directory) =>
        new(Path.Combine(directory, "queue"), Path.Combine(directory, "playing"));

    private static UploadLedger Uploads(string directory) => UploadLedger.Open(Path.Combine(directory, "uploads"));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static Task KeepAsync(PowerLossScenario scenario, Action<string, int> keep)
    {
        for (var change = 0; change < Changes; change++)
        {
            keep(scenario.Root, change);
            scenario.Acknowledge(change.ToString(CultureInfo.InvariantCulture));
        }

        return Task.CompletedTask;
    }

    /// <summary>What is kept is numbered from 0: found again is the last acknowledged or a later one.</summary>
    private static async Task RunAsync(Func<PowerLossScenario, Task> scenario, Func<string, int> find)
    {
        using var loss = await PowerLoss.RunAsync(scenario);
        foreach (var cut in loss.Cuts())
        {
            using var directory = new TempDirectory();
            cut.Restore(directory.Path);
            Assert.True(find(directory.Path) >= cut.Acknowledged.Count - 1, $"{cut}: what was kept is lost");
        }
    }
}
