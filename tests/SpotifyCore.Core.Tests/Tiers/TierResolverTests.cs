using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Tiers;
using SpotifyCore.Testing;

namespace SpotifyCore.Core.Tests.Tiers;

public sealed class TierResolverTests
{
    private static readonly Instant Now = new(TimeSpan.TicksPerDay);
    private static readonly Instant Soon = Now + TimeSpan.FromSeconds(10);

    // A storage node: its cache, its sibling site, master.
    private static readonly TierResolver Node = new(
        new TierPolicy(Tier.Cache, Timeout.InfiniteTimeSpan, IsLocal: true),
        new TierPolicy(Tier.Production, TimeSpan.FromMilliseconds(100)),
        new TierPolicy(Tier.Master, TimeSpan.FromSeconds(2)));

    private static readonly ChunkReadStatus[] Failures =
        [ChunkReadStatus.NotFound, ChunkReadStatus.NotFound, ChunkReadStatus.Busy, ChunkReadStatus.Unavailable];

    [Fact]
    public void Next_NothingTried_AsksTheNearest() => Assert.Equal(TierStep.Ask(0), Node.Next(default, Now, Soon));

    [Fact]
    public void Next_EachTierLacksIt_AsksTheNextThenGivesUp()
    {
        var attempts = default(TierAttempts);
        for (var tier = 0; tier < Node.Count; tier++)
        {
            Assert.Equal(TierStep.Ask(tier), Node.Next(attempts, Now, Soon));
            attempts.Ask(tier, Now);
            attempts.Fail(tier, ChunkReadStatus.NotFound);
        }

        Assert.Equal(TierStep.GiveUp(ChunkReadStatus.NotFound), Node.Next(attempts, Now, Soon));
    }

    [Fact]
    public void Next_TierIsSlow_AsksTheNextAsWell()
    {
        var attempts = default(TierAttempts);
        attempts.Fail(0, ChunkReadStatus.NotFound);
        attempts.Ask(1, Now);

        Assert.Equal(TierStep.Wait(Now + TimeSpan.FromMilliseconds(100)), Node.Next(attempts, Now, Soon));
        Assert.Equal(TierStep.Ask(2), Node.Next(attempts, Now + TimeSpan.FromMilliseconds(100), Soon));

        attempts.Ask(2, Now + TimeSpan.FromMilliseconds(100));
        Assert.Equal(TierStep.Wait(Soon), Node.Next(attempts, Now + TimeSpan.FromMilliseconds(200), Soon));
    }

    [Fact]
    public void Next_SlowTierFails_WaitsForTheOther()
    {
        var attempts = default(TierAttempts);
        attempts.Fail(0, ChunkReadStatus.NotFound);
        attempts.Ask(1, Now);
        attempts.Ask(2, Now);
        attempts.Fail(1, ChunkReadStatus.Unavailable);

        Assert.Equal(TierStepKind.Wait, Node.Next(attempts, Now, Soon).Kind);
        attempts.Fail(2, ChunkReadStatus.NotFound);
        Assert.Equal(TierStep.GiveUp(ChunkReadStatus.Unavailable), Node.Next(attempts, Now, Soon));
    }

    [Theory]
    [InlineData(ChunkReadStatus.NotFound, ChunkReadStatus.NotFound, ChunkReadStatus.NotFound)]
    [InlineData(ChunkReadStatus.NotFound, ChunkReadStatus.Unavailable, ChunkReadStatus.Unavailable)]
    [InlineData(ChunkReadStatus.Busy, ChunkReadStatus.Unavailable, ChunkReadStatus.Busy)]
    public void Next_AllFailed_GivesUpWithTheMostHopeful(
        ChunkReadStatus sibling, ChunkReadStatus master, ChunkReadStatus expected)
    {
        var attempts = default(TierAttempts);
        attempts.Fail(0, ChunkReadStatus.NotFound);
        attempts.Fail(1, sibling);
        attempts.Fail(2, master);

        Assert.Equal(TierStep.GiveUp(expected), Node.Next(attempts, Now, Soon));
    }

    [Fact]
    public void Next_DeadlinePassed_GivesUp() =>
        Assert.Equal(TierStep.GiveUp(ChunkReadStatus.Unavailable), Node.Next(default, Soon, Soon));

    [Fact]
    public void Next_LocalOnly_AsksNobodyElse()
    {
        var attempts = default(TierAttempts);
        Assert.Equal(TierStep.Ask(0), Node.Next(attempts, Now, Soon, localOnly: true));
        attempts.Fail(0, ChunkReadStatus.NotFound);
        Assert.Equal(TierStep.GiveUp(ChunkReadStatus.NotFound), Node.Next(attempts, Now, Soon, localOnly: true));
    }

    [Fact]
    public void Next_AnyOutcomes_EndsInFewSteps() => Prop.ForAll(
        ArbMap.Default.ArbFor<ulong>(),
        static seed =>
        {
            var (attempts, now) = (default(TierAttempts), Now);
            for (var steps = 0; steps < 2 * Node.Count + 2; steps++, seed = (seed >> 4) | (seed << 60))
            {
                var step = Node.Next(attempts, now, Soon);
                if (step.Kind == TierStepKind.GiveUp)
                    return true;

                if (step.Kind == TierStepKind.Wait)
                    now = step.Until;
                else if ((seed & 3) == 0)
                    attempts.Ask(step.Tier, now);
                else
                    attempts.Fail(step.Tier, Failures[seed & 3]);
            }

            return false;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Next_AnyStep_DoesNotAllocate() => AllocationAssert.None(static () =>
    {
        var attempts = default(TierAttempts);
        attempts.Fail(0, ChunkReadStatus.NotFound);
        attempts.Ask(Node.Next(attempts, Now, Soon).Tier, Now);
        Node.Next(attempts, Now, Soon);
    });

    [Fact]
    public void Constructor_NoneOrTooMany_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TierResolver());
        Assert.Throws<ArgumentOutOfRangeException>(() => new TierResolver(new TierPolicy[TierAttempts.MaxTiers + 1]));
    }
}
