using SpotifyCore.Cluster.Tests.Sound;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Cluster.Tests.Network;

/// <summary>
/// One cluster, with one import of all kinds of sources, for every test that leaves its hosts alone. A test plays
/// tracks that no other plays where it matters from which tier they come.
/// </summary>
public sealed class SharedCluster : IAsyncLifetime
{
    /// <summary>A piece for listening closely.</summary>
    public const string Piece = "piece.flac";

    /// <summary>A piece nobody else plays.</summary>
    public const string Fresh = "fresh.flac";

    /// <summary>A piece that is cut in two: the halves, in order, are an album.</summary>
    public const string Whole = "whole/uncut.wav";
    public const string FirstHalf = "album/1.flac";
    public const string SecondHalf = "album/2.flac";

    private readonly TestMusic _music = new();

    internal TestCluster Cluster { get; private set; } = null!;

    internal ImportReport Import { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var starting = TestCluster.StartAsync();
        MakeSources();
        Cluster = await starting;
        Import = await Cluster.ImportAsync(Path.Combine(_music.Folder, "music"));
    }

    public async Task DisposeAsync()
    {
        await Cluster.DisposeAsync();
        _music.Dispose();
    }

    /// <summary>Path of a source.</summary>
    internal string SourceOf(string name) => name.StartsWith("whole/", StringComparison.Ordinal)
        ? _music[name]
        : _music[Path.Combine("music", name)];

    internal TrackId TrackOf(string name) => Import.TrackOf(name);

    private void MakeSources()
    {
        Make(Piece, 1, 20);
        Make(Fresh, 2, 45, "-metadata", "title=Fresh air");
        Make("mono.wav", 3, 5, "-ac", "1");
        Make("44100.wav", 4, 5, "-ar", "44100");
        Make("24 bit.wav", 5, 5, "-c:a", "pcm_s24le");
        Make("lossy.mp3", 6, 5, "-b:a", "192k");
        Make("vorbis.ogg", 7, 5, "-c:a", "libvorbis");
        Make("opus.opus", 8, 5, "-c:a", "libopus");
        Make("no tags.flac", 9, 5, "-map_metadata", "-1", "-fflags", "+bitexact");
        Make("Größe und 音楽 — ёлка.flac", 10, 5, "-metadata", "title=Größe und 音楽");
        MakeHalves();

        Make("truncated.flac", 11, 6);
        var whole = File.ReadAllBytes(SourceOf("truncated.flac"));
        _music.Write("music/truncated.flac", whole.AsSpan(0, whole.Length / 2));
        _music.Write("music/text.mp3", "This is no music.\n"u8);
        _music.Write("music/empty.wav", default);
    }

    private void MakeHalves()
    {
        _music.Make(Whole, 12, 20);
        Directory.CreateDirectory(_music["music/album"]);
        Cut("end_sample=500007", 1, FirstHalf);
        Cut("start_sample=500007", 2, SecondHalf);
    }

    private void Cut(string where, int number, string name)
    {
        string[] tags = ["-metadata", "album=Continuous", "-metadata", "artist=Nobody"];
        string[] place = ["-metadata", $"track={number}", SourceOf(name)];
        Ffmpeg.Run(["-i", _music[Whole], "-af", $"atrim={where}", .. tags, .. place]);
    }

    private void Make(string name, int seed, double seconds, params string[] options) =>
        _music.Make(Path.Combine("music", name), seed, seconds, options);
}
