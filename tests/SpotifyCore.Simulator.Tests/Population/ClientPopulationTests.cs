using SpotifyCore.Simulator.Population;

namespace SpotifyCore.Simulator.Tests.Population;

public sealed class ClientPopulationTests
{
    private static readonly PopulationOptions Options = new() { Clients = 20_000, CacheTracks = 500 };

    private readonly ClientProfile[] _clients = ClientPopulation.Make(Options, 1);

    [Fact]
    public void Make_Lines_HaveTheirShares() => Assert.All(Lines.Homes2010, line =>
        Assert.InRange(ShareOf(client => client.Line == line), line.Share - 0.012, line.Share + 0.012));

    [Fact]
    public void Make_Regions_HaveTheirShares() => Assert.All(RegionMap.All, region =>
        Assert.Equal(RegionMap.Shares[(int)region], ShareOf(client => client.Region == region), 0.012));

    [Fact]
    public void Make_Reachable_AreTheirShareAndNoPhones()
    {
        Assert.Equal(Options.Reachable * 0.98, ShareOf(client => client.IsReachable), 0.012);
        Assert.DoesNotContain(_clients, client => client.IsReachable && client.Line.IsPhone);
    }

    [Fact]
    public void Make_Caches_AreFullSizeForMoreThanHalf()
    {
        Assert.Equal(0.56, ShareOf(client => client.CacheTracks == 500), 0.02);
        Assert.All(_clients, client => Assert.InRange(client.CacheTracks, 50, 500));
    }

    [Fact]
    public void Make_WithHostility_ChangesNothingElse()
    {
        var hostile = ClientPopulation.Make(Options with { Liars = 0.1, Slow = 0.2 }, 1);

        Assert.Equal(_clients, hostile.Select(client => client with { Behaviour = PeerBehaviour.Honest }));
        Assert.Equal(0.1, hostile.Count(client => client.Behaviour == PeerBehaviour.Liar) / 20_000.0, 0.012);
        Assert.Equal(0.2, hostile.Count(client => client.Behaviour == PeerBehaviour.Slow) / 20_000.0, 0.012);
    }

    [Fact]
    public void Shares_OfEveryTable_SumToOne()
    {
        Assert.Equal(1, Lines.Homes2010.Sum(line => line.Share), 9);
        Assert.Equal(1, Lines.Today.Sum(line => line.Share), 9);
        Assert.Equal(1, RegionMap.Shares.Sum(), 9);
    }

    private double ShareOf(Func<ClientProfile, bool> isSo) => _clients.Count(isSo) / (double)_clients.Length;
}
