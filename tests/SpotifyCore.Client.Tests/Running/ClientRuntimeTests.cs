using SpotifyCore.Client.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Composition;
using SpotifyCore.Core.Delivery;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Client.Tests.Running;

public sealed class ClientRuntimeTests
{
    private static readonly PlayId One = new(1);

    private readonly RecordingPorts _ports = new();
    private readonly List<(string Action, string Failure)> _failed = [];
    private readonly ClientRuntime _runtime;
    private Instant _now = new(TimeSpan.TicksPerDay);

    public ClientRuntimeTests() => _runtime = new ClientRuntime(
        new ClientCore(new ClientCoreOptions(), _ports),
        new ActionBuffer(4),
        () => _now,
        (action, failure) => _failed.Add((action.GetType().Name, failure.Message)));

    [Fact]
    public void Raise_BeforeItStarts_IsIgnored()
    {
        _runtime.Raise(Chosen(1));

        Assert.False(_runtime.IsRunning);
        Assert.Empty(_ports.Asked);
    }

    [Fact]
    public void Raise_Started_CarriesOutWhatTheCoreWants()
    {
        _runtime.Start(_ports.Ports);

        _runtime.Raise(Chosen(1));

        Assert.Contains("Open", _ports.Asked);
        Assert.True(_runtime.IsRunning);
    }

    [Fact]
    public void Raise_AfterItsEnd_IsIgnored()
    {
        _runtime.Start(_ports.Ports);
        _runtime.Stop();

        _runtime.Raise(Chosen(1));

        Assert.False(_runtime.IsRunning);
        Assert.Empty(_ports.Asked);
    }

    [Fact]
    public void Start_Twice_IsRefused()
    {
        _runtime.Start(_ports.Ports);

        Assert.Throws<InvalidOperationException>(() => _runtime.Start(_ports.Ports));
    }

    [Fact]
    public void Raise_WithinAPort_IsToldAsItsFault()
    {
        _runtime.Start(_ports.Ports);
        _ports.On = name =>
        {
            if (name == "Open")
                _runtime.Raise(new Woken());
        };

        _runtime.Raise(Chosen(1));

        Assert.Equal(nameof(OpenTrack), Assert.Single(_failed).Action);
    }

    [Fact]
    public void Raise_OnePortThrows_TheOtherActionsAreCarriedOut()
    {
        _runtime.Start(_ports.Ports);
        _runtime.Raise(Chosen(1));
        _runtime.Raise(Appended(2));
        _ports.Asked.Clear();
        _ports.On = static name =>
        {
            if (name == "ClosePlay")
                throw new InvalidDataException("not this one");
        };

        _runtime.Raise(new SkipRequested(_now));

        Assert.Equal([(nameof(ClosePlay), "not this one")], _failed);
        Assert.Contains("Open", _ports.Asked);
    }

    [Fact]
    public void Stop_WithinAPort_StillCarriesOutTheRest()
    {
        _runtime.Start(_ports.Ports);
        _runtime.Raise(Chosen(1));
        _runtime.Raise(Appended(2));
        _ports.Asked.Clear();
        _ports.On = name =>
        {
            if (name == "ClosePlay")
                _runtime.Stop();
        };

        _runtime.Raise(new SkipRequested(_now));
        Assert.Empty(_failed);
        Assert.Contains("Open", _ports.Asked);

        _ports.Asked.Clear();
        _runtime.Raise(Chosen(3));
        Assert.Empty(_ports.Asked);
    }

    [Fact]
    public void Raise_EventsOfEachChunk_DoNotAllocate()
    {
        _runtime.Start(_ports.Ports);
        _ports.On = _ => _ports.Asked.Clear();

        AllocationAssert.None(() =>
        {
            _now += TimeSpan.FromMilliseconds(1);
            _runtime.Raise(new CacheRead(One, 0, Slot: 0, 16_384));
            _runtime.Raise(new ChunkStored(One, 0, IsStored: true));
            _runtime.Raise(new ChunkReceived(new ConnectionId(1), default, Slot: 0));
            _runtime.Raise(new PlaybackAdvanced(One, 1, 48_000));
            _runtime.Raise(new Woken());
        });
    }

    private static TracksChosen Chosen(int track) => new([new TrackId((UInt128)track)], 0, default);

    private static TracksAppended Appended(int track) => new([new TrackId((UInt128)track)], default);
}
