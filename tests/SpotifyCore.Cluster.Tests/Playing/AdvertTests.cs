using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using SpotifyCore.Cluster.Tests.Network;
using SpotifyCore.Cluster.Tests.Sound;
using Xunit.Abstractions;

namespace SpotifyCore.Cluster.Tests.Playing;

/// <summary>Who pays nothing hears adverts between tracks, as loud as the music; who pays hears none.</summary>
[Collection(SharedClusterGroup.Name)]
public sealed class AdvertTests(SharedCluster shared, ITestOutputHelper output) : IDisposable
{
    private const double AdvertSeconds = 5;

    private readonly TestMusic _spots = new();

    [Fact]
    public async Task Play_OnTheFreePlan_HasAnAdvertBetweenTracksAsLoudAsThese()
    {
        var cluster = shared.Cluster;
        _spots.Make("loud.flac", 90, AdvertSeconds, "-af", "volume=5dB", "-metadata", "title=Buy soap");
        var import = await cluster.ImportAsync(_spots.Folder, null, "--advert", "Clean hands", "--country", "SE");
        Assert.Equal(0, import.Run.ExitCode);
        await cluster.OperateAsync("account", "add", "fred", "--role", "listener", "--country", "SE");
        string[] tracks =
        [
            .. new[] { SharedCluster.Piece, SharedCluster.SecondHalf, SharedCluster.FirstHalf, SharedCluster.Piece }
                .Select(source => shared.TrackOf(source).ToString()),
        ];

        var free = await HearAsync("fred", tracks);
        var paid = await HearAsync("anna", tracks);

        Assert.Equal(tracks, free.Plays.Where(static play => !play.IsAdvert).Select(static play => play.Track));
        Assert.Equal(tracks, paid.Plays.Select(static play => play.Track));
        Assert.DoesNotContain(paid.Plays, static play => play.IsAdvert);

        // The first key was given at once: an advert comes after it, and after no more than may be gathered.
        var places = free.Plays.Index().Where(static play => play.Item.IsAdvert).Select(static play => play.Index).ToArray();
        Assert.InRange(places[0], 1, 3);
        Assert.DoesNotContain(free.Plays.Count - 1, places);
        Assert.All(places, place => Assert.Equal(("Buy soap", (long)(AdvertSeconds * 48_000)), (
            free.Plays[place].Title, free.Plays[place].Samples)));
        Assert.Equal(free.Plays.Sum(static play => play.Samples), free.Sound.Samples);

        var loudness = LoudnessOf(free);
        output.WriteLine(string.Join("; ", free.Plays.Zip(loudness, static (play, lufs) => $"{play.Title} {lufs:F1} LUFS")));
        var music = loudness.Where((_, i) => !places.Contains(i)).ToArray();
        Assert.All(places, place => Assert.InRange(loudness[place], music.Min() - 1, music.Max() + 1));

        var list = await cluster.OperateAsync("advert", "list");
        output.WriteLine(list);
        Assert.Contains($"Clean hands: heard {places.Length} times", list);
        await cluster.OperateAsync("advert", "remove", "Clean hands");
    }

    public void Dispose() => _spots.Dispose();

    private async Task<Listened> HearAsync(string account, string[] tracks)
    {
        var path = shared.Cluster.Work[$"adverts-{account}.wav"];
        var desktop = await shared.Cluster.DesktopAsync($"adverts-{account}", $"wav:{path}");
        await desktop.TellAsync("login", account);
        await desktop.TellAsync(["play", "--wait", .. tracks]);
        using var stats = JsonDocument.Parse(await desktop.TellAsync("stats", "--json"));
        var plays = stats.RootElement.GetProperty("plays").EnumerateArray().Select(static play => new Play(
            play.GetProperty("track").GetString()!, play.GetProperty("title").GetString()!,
            play.GetProperty("advert").GetBoolean(), play.GetProperty("samples").GetInt64())).ToArray();
        Assert.Equal(0, await desktop.TerminateAsync());
        return new Listened(plays, Pcm.FromWav(path));
    }

    private double[] LoudnessOf(Listened listened)
    {
        var from = 0L;
        return Array.ConvertAll(listened.Plays.ToArray(), play =>
        {
            var sound = listened.Sound.Interleaved.AsSpan((int)from * 2, (int)play.Samples * 2);
            from += play.Samples;
            return LoudnessOf(sound);
        });
    }

    // Integrated, by EBU R 128.
    private double LoudnessOf(ReadOnlySpan<short> sound)
    {
        _spots.Write("heard.s16le", MemoryMarshal.AsBytes(sound));
        var said = System.Text.Encoding.ASCII.GetString(Ffmpeg.Run(
            "-f", "s16le", "-ar", "48000", "-ac", "2", "-i", _spots["heard.s16le"],
            "-af", "ebur128=metadata=1,ametadata=print:key=lavfi.r128.I:file=-", "-f", "null", "/dev/null"));
        var last = said[(said.LastIndexOf('=') + 1)..];
        return double.Parse(last, CultureInfo.InvariantCulture);
    }

    private sealed record Play(string Track, string Title, bool IsAdvert, long Samples);

    private sealed record Listened(IReadOnlyList<Play> Plays, Pcm Sound);
}
