using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Simulator.Listening;

namespace SpotifyCore.Simulator.Tests.Listening;

public sealed class SessionPlannerTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void Plan_AnyClient_IsOrderedApartAndWithinTheWindow() => Prop.ForAll<ulong, NonNegativeInt>(
        (seed, client) =>
    {
        var last = TimeSpan.Zero;
        foreach (var session in new SessionPlanner(new ListeningOptions(), seed).Plan(client.Get, TimeSpan.Zero, Day))
        {
            Assert.True(session.From >= last && session.To > session.From && session.To <= Day);
            last = session.To;
            var heard = session.From;
            foreach (var burst in session.Bursts)
            {
                Assert.True(burst.From >= heard && burst.To > burst.From && burst.To <= session.To);
                heard = burst.To;
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Plan_SmallerWindow_IsTheSameCut()
    {
        var planner = new SessionPlanner(new ListeningOptions(), 9);
        var (from, to) = (TimeSpan.FromHours(15), TimeSpan.FromHours(20));
        for (var client = 0; client < 200; client++)
        {
            var whole = planner.Plan(client, TimeSpan.Zero, TimeSpan.FromHours(23));
            Assert.Equal(Within(whole), Within(planner.Plan(client, from, to)));
        }

        IEnumerable<ListeningBurst> Within(IEnumerable<OnlineSession> sessions) => sessions
            .SelectMany(session => session.Bursts)
            .Where(burst => burst.From > from && burst.To < to);
    }
}
