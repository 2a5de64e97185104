using SpotifyCore.Client.Catalogue;
using SpotifyCore.Client.Listening;
using SpotifyCore.Client.Running;
using SpotifyCore.Client.Tests.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Composition;
using SpotifyCore.Core.Delivery;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Client.Tests.Listening;

public sealed class TrackDescriptionsTests
{
    private readonly ClientRuntime _runtime;
    private readonly TrackDescriptions _descriptions;

    public TrackDescriptionsTests()
    {
        var ports = new RecordingPorts();
        _runtime = new ClientRuntime(
            new ClientCore(new ClientCoreOptions(), ports), new ActionBuffer(4), () => new Instant(1));
        _runtime.Start(ports.Ports);
        _descriptions = new TrackDescriptions(_runtime);
    }

    [Fact]
    public void Learn_IdOfATrackThatIsKnown_ChangesNothing()
    {
        _descriptions.Learn(Named(1));
        var version = _descriptions.Version;

        _descriptions.Learn(TrackInfo.Unknown(Id(1)));

        Assert.Equal(("Track 1", version), (_descriptions.Of(Id(1)).Title, _descriptions.Version));
        Assert.Equal("", _descriptions.Of(Id(2)).Title);
    }

    [Fact]
    public void Learn_WhatIsKnownAlready_IsNoChange()
    {
        _descriptions.Learn(Named(1));
        var version = _descriptions.Version;

        _descriptions.Learn(Named(1) with { Year = 1999, BitsPerSecond = [160_000] });
        Assert.Equal((version, 1999), (_descriptions.Version, _descriptions.Of(Id(1)).Year));
        _descriptions.Learn(Named(1) with { Artists = ["A", "B"] });
        Assert.True(_descriptions.Version > version);
    }

    [Fact]
    public void Learn_VeryMany_KeepsThoseOfTheQueueAndForgetsOthers()
    {
        TrackInfo[] queued = [.. Enumerable.Range(1, 3).Select(Named)];
        _descriptions.Learn(queued);
        _runtime.Raise(new TracksChosen([.. queued.Select(track => track.Id)], 0, new Instant(1)));

        for (var i = 0; i < 5; i++)
            _descriptions.Learn([.. Enumerable.Range(10 + (i * PlayQueue.Limit), PlayQueue.Limit).Select(Named)]);

        Assert.All(queued, track => Assert.Equal(track.Title, _descriptions.Of(track.Id).Title));
        Assert.Equal("", _descriptions.Of(Id(10)).Title);
        Assert.Equal("Track 50000", _descriptions.Of(Id(50_000)).Title);
    }

    private static TrackInfo Named(int number) =>
        TrackInfo.Unknown(Id(number)) with { Title = $"Track {number}" };

    // Of many that differ in their last bytes alone, a table would find each behind all others.
    private static TrackId Id(int number) => new((UInt128)number << 96);
}
