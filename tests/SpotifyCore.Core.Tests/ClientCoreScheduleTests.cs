using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Tests.World;

namespace SpotifyCore.Core.Tests;

public sealed class ClientCoreScheduleTests
{
    [Fact]
    public void Handle_AnySchedule_EveryPlayEndsAndNothingLeaks() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        static seed => Check((ulong)(uint)seed))
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20_260_101)]
    public void Handle_KnownSeed_EveryPlayEndsAndNothingLeaks(int seed) => Check((ulong)seed);

    private static void Check(ulong seed)
    {
        try
        {
            Run(seed);
        }
        catch (Exception broken)
        {
            throw new InvalidOperationException($"The schedule of seed {seed} broke a rule: {broken.Message}", broken);
        }
    }

    private static void Run(ulong seed)
    {
        var schedule = new Schedule(seed);
        var world = schedule.World;

        Assert.True(schedule.Play(), $"A play did not end: {string.Join(", ", world.Failures)}.");

        for (var play = 1; play <= 3; play++)
        {
            var (statistics, length) = (world.Statistics(new PlayId(play)), schedule.Tracks[play - 1].Manifest.Length);
            var played = statistics.Played(Tier.Cache) + statistics.Played(Tier.Peers)
                + statistics.Played(Tier.Production) + statistics.Played(Tier.Master);
            Assert.InRange(played, 0, length);
        }

        world.Stop();
        Assert.Equal(0, world.Status.Requests);
    }
}
