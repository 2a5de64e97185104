using SpotifyCore.Simulator.Listening;

namespace SpotifyCore.Simulator.Tests.Listening;

/// <summary>The model of the world against the published figures, with no network in between.</summary>
public sealed class WarmUpTests(WarmUpTests.Fixture fixture) : IClassFixture<WarmUpTests.Fixture>
{
    private readonly WarmUp _day = fixture.Day;

    [Fact]
    public void Plays_PerClientAndDay_AreAboutAsMuchAsAnHour()
    {
        Assert.InRange(_day.Plays / (double)_day.Clients, 25, 34);
        Assert.InRange(_day.Seconds / 3600 / _day.Clients, 0.9, 1.2);
    }

    [Fact]
    public void Picks_AmongPlays_AreThirtyNinePercent() => Assert.Equal(0.39, ShareOf(_day.Picks), 0.015);

    [Fact]
    public void EarlySkips_AmongPlays_AreTwentyFourPercent() => Assert.Equal(0.24, ShareOf(_day.EarlySkips), 0.01);

    [Fact]
    public void Skips_AmongPlays_AreFortyNinePercent() => Assert.Equal(0.486, ShareOf(_day.Skips), 0.01);

    [Fact]
    public void Plays_OfAnEighthOfTheTracks_AreMost() => Assert.Equal(0.88, _day.PlaysOfTop(0.12), 0.03);

    [Fact]
    public void Misses_OfAFifthOfTheTracks_AreLessConcentratedThanPlays()
    {
        Assert.Equal(0.79, _day.MissesOfTop(0.21), 0.07);
        Assert.True(_day.MissesOfTop(0.12) < _day.PlaysOfTop(0.12) - 0.05);
    }

    [Fact]
    public void CachedShare_OfTheWorld_IsTheOneSought() => Assert.Equal(fixture.KeptShare, _day.CachedShare, 0.012);

    [Fact]
    public void ListeningByHour_OverTheDay_HasItsTroughAndPeaks()
    {
        var hours = _day.ListeningByHour.ToArray();

        Assert.InRange(Array.IndexOf(hours, hours.Min()), 1, 3);
        Assert.InRange(Array.IndexOf(hours, hours.Max()), 17, 19);
        var morning = hours[6..13];
        Assert.InRange(6 + Array.IndexOf(morning, morning.Max()), 9, 10);
    }

    [Fact]
    public void OnlineByHour_OverTheDay_IsASixthOfTheClients() =>
        Assert.InRange(_day.OnlineByHour.Sum() / 24 / 3600 / _day.Clients, 0.12, 0.18);

    private double ShareOf(long part) => part / (double)_day.Plays;

    public sealed class Fixture
    {
        public Fixture()
        {
            var world = WorldModel.Of(5_000).Make(seed: 3);
            KeptShare = world.Model.KeptShare;
            Day = new WarmUp(world.Catalogue, world.Clients, world.Model, world.Seed);
        }

        public double KeptShare { get; }

        internal WarmUp Day { get; }
    }
}
