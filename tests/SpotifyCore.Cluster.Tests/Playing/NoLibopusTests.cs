using SpotifyCore.Cluster.Tests.Network;
using SpotifyCore.Cluster.Tests.Processes;
using SpotifyCore.Cluster.Tests.Sound;
using SpotifyCore.Testing;

namespace SpotifyCore.Cluster.Tests.Playing;

/// <summary>Importing and playing on a machine that has no libopus.</summary>
[Collection(SharedClusterGroup.Name)]
public sealed class NoLibopusTests(SharedCluster shared) : IDisposable
{
    private readonly TempDirectory _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task ImportAndPlay_WithoutLibopus_AreTheSourceAndSaySo()
    {
        var without = new WithoutLibopus(_work);
        var source = _work["managed.flac"];
        Ffmpeg.Run("-f", "lavfi", "-i", "sine=frequency=311:duration=5", "-ac", "2", source);
        var import = await shared.Cluster.ImportAsync(source, without.Prepare);
        Assert.Equal("imported", import.EventOf("managed.flac"));
        Assert.Contains("libopus is not installed", import.Run.Errors, StringComparison.Ordinal);

        var wav = _work["managed.wav"];
        var desktop = await shared.Cluster.DesktopAsync("without-libopus", $"wav:{wav}", without.Prepare);
        await desktop.TellAsync("login", "anna");
        var play = await desktop.PlayAsync(import.TrackOf("managed.flac"));
        Assert.Contains("libopus is not installed", desktop.Errors, StringComparison.Ordinal);
        Assert.Equal(0, await desktop.TerminateAsync());

        Assert.Equal(240_000, play.Samples);
        Assert.InRange(Pcm.FromWav(wav).CorrelationWith(Pcm.FromSource(source)), 0.998, 1);
    }

    [Fact]
    public async Task Start_NativeCodecWithoutLibopus_SaysWhatIsMissing()
    {
        var start = Programs.Prepare(
            Programs.Desktop,
            ["--access-point", shared.Cluster.AccessPointUrl, "--data-directory", _work["data"], "--codec", "native",
             "--output", "null", "--listen-address", "127.0.0.1", "--listen-port", "0", "--socket", _work["socket"]]);
        new WithoutLibopus(_work).Prepare(start);
        var run = await ProgramRun.RunAsync(start);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("spotifycore-desktop: libopus is not installed", run.Errors, StringComparison.Ordinal);
    }
}
