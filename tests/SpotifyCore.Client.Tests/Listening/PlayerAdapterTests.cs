using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Client.Catalogue;
using SpotifyCore.Client.Listening;
using SpotifyCore.Client.Running;
using SpotifyCore.Client.Tests.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Composition;
using SpotifyCore.Core.Delivery;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Playing;
using SpotifyCore.Playback.Loudness;
using SpotifyCore.Playback.Output;
using SpotifyCore.Playback.Playing;
using SpotifyCore.Testing;

namespace SpotifyCore.Client.Tests.Listening;

/// <summary>What is told of a play whose player says the unusual: the tests speak for the player, which has nothing.</summary>
public sealed class PlayerAdapterTests : IAsyncLifetime
{
    private const int Chunks = 60;
    private const int Held = 16;

    private readonly ManualTimeProvider _time = new();
    private readonly RecordingPorts _ports = new();
    private readonly IAudioOutput _output;
    private readonly LoopContext _context;
    private readonly ClientRuntime _runtime;
    private readonly PlayerAdapter _player;

    public PlayerAdapterTests()
    {
        _output = AudioOutputs.Open("null-fast", _time);
        _context = LoopContext.Create(slots: 4, _time, NullLogger.Instance);
        _runtime = new ClientRuntime(
            new ClientCore(new ClientCoreOptions(), _ports), new ActionBuffer(16), _time.GetInstant);
        _player = new PlayerAdapter(
            listener => new Player(_output, new PlayerOptions(), listener, _time),
            _runtime,
            _context,
            new TrackDescriptions(_runtime),
            saver: null);
        _runtime.Start(_ports.Ports with { Player = _player });
        _context.Loop.Start();
    }

    private PlaybackController Playback => _runtime.Playback;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _context.Loop.DisposeAsync();
        _player.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task WhenSounding_ClickEndedBeforeItSounded_SaysWhyNot()
    {
        var (play, sounding) = await ClickAsync(1);

        // As after a seek past its end.
        _player.Ended(play, 0, PlayEnd.Complete, _time.GetTimestamp());

        var (sounds, reason) = await Soon(sounding);
        Assert.Null(sounds);
        Assert.Contains("before it sounded", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhenSounding_ClickPausedBeforeItSounded_SaysWhyNot()
    {
        var (play, sounding) = await ClickAsync(1);

        await OnLoopAsync(() => _runtime.Raise(new PauseRequested()));

        var (sounds, reason) = await Soon(sounding);
        Assert.Null(sounds);
        Assert.Contains("paused", reason, StringComparison.Ordinal);
        Assert.Equal(play, Playback.Current!.Id);
    }

    [Fact]
    public async Task WhenStopped_WhatWasGivenUpFailsInThePlayer_Completes()
    {
        var (play, sounding) = await ClickAsync(1);
        await OnLoopAsync(() =>
        {
            _runtime.Raise(new TrackOpened(play, new OpenedTrack(ManifestOf(1), [], [])));
            _runtime.Raise(new PresenceKnown(play, new ulong[] { (1ul << Held) - 1 }));
            for (var chunk = 0u; chunk < Held; chunk++)
                _runtime.Raise(new CacheRead(play, chunk, Slot: 0, Manifest.ChunkSize));

            _runtime.Raise(new PlaybackAdvanced(play, Held, Held * 48_000));
        });
        Assert.Contains("Read", _ports.Asked);
        var stopped = await _context.Loop.CallAsync(_player.WhenStoppedAsync);

        await OnLoopAsync(() =>
        {
            for (var second = 0; second < 30; second++)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                _runtime.Raise(new Woken());
            }
        });
        Assert.Null((await Soon(sounding)).Play);
        Assert.False(stopped.IsCompleted);
        _player.Failed(play, PlayFailure.Undelivered, "gone", _time.GetTimestamp());

        await Soon(stopped);
    }

    [Theory]
    [InlineData(true, "No cache, listener or storage node")]
    [InlineData(false, "plan plays this here no more")]
    public void TextOf_WhatHasNoSource_SaysWhetherThePlanIsOver(bool mayFetch, string reason)
    {
        _player.MayFetch = () => mayFetch;

        Assert.Contains(
            reason, _player.TextOf(new PlayProblem(new PlayId(1), DeliveryFailure.NoSource)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Advanced_AfterASeek_IsOfItsPlaceOnceTheSeekReachedThePlayer()
    {
        var (play, _) = await ClickAsync(1);
        await OnLoopAsync(() =>
        {
            var opened = new OpenedTrack(ManifestOf(1), [], []);
            _player.Opened(play, new UnderstoodTrack(
                TrackInfo.Unknown(new TrackId(1)), opened, default, LoudnessLevel.None));
            _runtime.Raise(new TrackOpened(play, opened));
            _runtime.Raise(new PresenceKnown(play, new ulong[] { 0 }));
            _runtime.Raise(new SeekRequested(play, 30 * 48_000));
        });

        _player.Advanced(new PlayId(1_000), 0, 3, 0);
        await OnLoopAsync(static () => { });
        _player.Advanced(play, 0, 5, 4 * 48_000);
        await OnLoopAsync(static () => { });

        Assert.Equal(30 * 48_000, Playback.Current!.PositionAt(_runtime.Now));

        // An output without a pace may be far on when it is heard of first. The player itself, which has no sound, tells
        // of the place once.
        await Soon(Task.Run(async () =>
        {
            do
            {
                _player.Advanced(play, 1, 48, 45 * 48_000);
                await OnLoopAsync(static () => { });
            }
            while (Playback.Current!.PositionAt(_runtime.Now) != 45 * 48_000);
        }));
    }

    private static Task Soon(Task task) => task.WaitAsync(TimeSpan.FromSeconds(30));

    private static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(TimeSpan.FromSeconds(30));

    private static Manifest ManifestOf(int track)
    {
        var writer = new ManifestWriter();
        for (var i = 0; i < Chunks; i++)
            writer.Add(new byte[Manifest.ChunkSize], new SeekPoint(0, (ulong)(i * 48_000)));

        return writer.Finish(new AudioProperties(new TrackId((UInt128)track), 131_072, Chunks * 48_000, 0, 0, 1));
    }

    private Task OnLoopAsync(Action action) => _context.Loop.CallAsync(action);

    private Task<(PlayId Play, Task<ClickOutcome> Sounding)> ClickAsync(int track) => _context.Loop.CallAsync(() =>
    {
        _runtime.Raise(new TracksChosen([new TrackId((UInt128)track)], 0, _runtime.Now));
        return (Playback.LatestClick, _player.WhenSoundingAsync(Playback.LatestClick));
    });
}
