using SpotifyCore.Content.Sealing;
using SpotifyCore.Playback.Playing;
using SpotifyCore.Testing;

namespace SpotifyCore.Playback.Tests.Playing;

public sealed class PlayerFailureTests
{
    [Fact]
    public void DamagedChunk_MidTrack_SoundsWhatIsGoodThenFailsAndTheNextFollows()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        var bad = rig.Take(TestTracks.Long.Damage(10));
        var next = rig.Take(TestTracks.Short);

        rig.Player.Start(bad);
        rig.Player.SetNext(next);
        rig.Player.BeginSounding(bad.Play);
        rig.WaitForEnd(next.Play);

        var failed = rig.WaitFor<PlayerEvent.Failed>();
        Assert.Equal((bad.Play, PlayFailure.Damaged), (failed.Play, failed.Failure));
        var good = output.Count - 70_001;
        Assert.InRange(good, TestTracks.Long.SamplesIn(9), TestTracks.Long.SamplesIn(10));
        Assert.Equal([.. TestTracks.Long.Pcm[..(good * 2)], .. TestTracks.Short.Pcm], output.Samples());
    }

    [Fact]
    public void DamagedFirstChunk_BeforeTheGateOpens_FailsAtOnce()
    {
        using var rig = new PlayerRig(new CaptureOutput());

        rig.Player.Start(rig.Take(TestTracks.Long.Damage(0)));

        Assert.Equal(PlayFailure.Damaged, rig.WaitFor<PlayerEvent.Failed>().Failure);
    }

    [Fact]
    public void DamagedNext_IsToldWhileTheFirstStillPlays_AndCanBeReplaced()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        var first = rig.Take(TestTracks.Long, allowed: 5);
        var bad = rig.Take(TestTracks.Long.Damage(0));
        var spare = rig.Take(TestTracks.Short);
        rig.Player.Start(first);
        rig.Player.SetNext(bad);
        rig.WaitFor<PlayerEvent.Failed>(e => e.Play == bad.Play);

        rig.Player.SetNext(spare);
        rig.Allow(first.Play, uint.MaxValue);
        rig.Player.BeginSounding(first.Play);
        rig.WaitForEnd(spare.Play);

        Assert.Equal([.. TestTracks.Long.Pcm, .. TestTracks.Short.Pcm], output.Samples());
    }

    [Fact]
    public void WrongKey_SoundsNothing()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        var track = rig.Take(TestTracks.Long) with { Key = default(ContentKey) };

        rig.Sound(track);

        Assert.Equal(PlayFailure.Damaged, rig.WaitFor<PlayerEvent.Failed>().Failure);
        Assert.Equal(0, output.Count);
    }

    [Fact]
    public void FeedFails_SoundsWhatIsHereThenFails()
    {
        var output = new CaptureOutput();
        using var rig = new PlayerRig(output);
        var track = rig.Take(TestTracks.Long, allowed: 4);
        rig.Sound(track);

        track.Feed.Fail("no tier has it");
        var failed = rig.WaitFor<PlayerEvent.Failed>();

        Assert.Equal((PlayFailure.Undelivered, "no tier has it"), (failed.Failure, failed.Reason));
        Assert.Equal(TestTracks.Long.SamplesIn(4), output.Count);
    }

    [Fact]
    public void OutputRefuses_ThePlayFailsAndANewStartTriesAgain()
    {
        var output = new CaptureOutput { FullAt = 48_000 };
        using var rig = new PlayerRig(output);
        var next = rig.Take(TestTracks.Short);
        var track = rig.Take(TestTracks.Long);

        rig.Player.Start(track);
        rig.Player.SetNext(next);
        rig.Player.BeginSounding(track.Play);
        var failed = rig.WaitFor<PlayerEvent.Failed>();

        Assert.Equal((track.Play, PlayFailure.Output, "full"), (failed.Play, failed.Failure, failed.Reason));
        Assert.Equal(PlayEnd.Stopped, rig.WaitForEnd(next.Play).End);
        var again = rig.Sound(rig.Take(TestTracks.Short));
        rig.WaitFor<PlayerEvent.Failed>(e => e.Play == again);
    }

    [Fact]
    public void OutputRefusesMidTrack_WhatItHeldIsOverToo()
    {
        using var rig = new PlayerRig(new CaptureOutput { FullAt = 48_000 });

        rig.Sound(rig.Take(TestTracks.Long));

        rig.WaitFor<PlayerEvent.Drained>();
        Assert.IsType<PlayerEvent.Failed>(rig.Events.Last(e => e is PlayerEvent.Failed or PlayerEvent.Ended));
    }

    [Fact]
    public async Task OutputGoneAfterTheLastTrack_IsDrainedOnceAndANewStartPlays()
    {
        var clock = new ManualTimeProvider();
        using var rig = new PlayerRig(new CaptureOutput(clock) { IsGone = true }, time: clock);
        var play = rig.Sound(rig.Take(TestTracks.Short));

        Assert.Equal(PlayEnd.Complete, rig.WaitForEnd(play).End);
        await rig.AdvanceUntilDrainedAsync(clock);

        rig.WaitForEnd(rig.Sound(rig.Take(TestTracks.Short)));
        Assert.Single(rig.Events, static e => e is PlayerEvent.Drained);
    }

    [Fact]
    public async Task OutputStopsTakingSamplesAfterTheLastTrack_IsDrainedInTheEnd()
    {
        var clock = new ManualTimeProvider();
        var output = new CaptureOutput(clock);
        using var rig = new PlayerRig(output, time: clock);
        rig.WaitForEnd(rig.Sound(rig.Take(TestTracks.Short)));

        output.Stick();
        Assert.NotEqual(0, output.Pending);
        await rig.AdvanceUntilDrainedAsync(clock);

        Assert.Equal(0, output.Drains);
    }
}
