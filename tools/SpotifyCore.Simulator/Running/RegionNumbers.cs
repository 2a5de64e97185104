using SpotifyCore.Simulation.Running;
using SpotifyCore.Simulator.Population;

namespace SpotifyCore.Simulator.Running;

/// <summary>
/// Numbers the harness's regions: one for each place and kind of line, since the line's own delay is part of a round
/// trip; one for each site; one for the access point, which answers at the site of whoever asks.
/// </summary>
internal sealed class RegionNumbers
{
    private readonly IReadOnlyList<LineProfile> _lines;

    public RegionNumbers(IReadOnlyList<LineProfile> lines) => _lines = lines;

    /// <summary>Where the access point is.</summary>
    public int AccessPoint => (RegionMap.All.Count * _lines.Count) + RegionMap.Sites.Count;

    /// <summary>Where a client is.</summary>
    public int Of(ClientProfile client) => Of(client.Region, IndexOf(client.Line));

    /// <summary>Where a site is.</summary>
    public int OfSite(int site) => (RegionMap.All.Count * _lines.Count) + site;

    /// <summary>Tells a world all round trips.</summary>
    public void Set(World world)
    {
        foreach (var region in RegionMap.All)
        {
            for (var line = 0; line < _lines.Count; line++)
                Set(world, region, line);
        }

        world.SetRoundTrip(OfSite(0), OfSite(1), RegionMap.RoundTrip(RegionMap.Sites[0], RegionMap.Sites[1]));
    }

    private void Set(World world, Region region, int line)
    {
        var (here, own) = (Of(region, line), _lines[line].RoundTrip);
        foreach (var other in RegionMap.All)
        {
            for (var otherLine = 0; otherLine < _lines.Count; otherLine++)
            {
                var between = RegionMap.RoundTrip(region, other) + own + _lines[otherLine].RoundTrip;
                world.SetRoundTrip(here, Of(other, otherLine), between);
            }
        }

        for (var site = 0; site < RegionMap.Sites.Count; site++)
            world.SetRoundTrip(here, OfSite(site), RegionMap.RoundTrip(region, RegionMap.Sites[site]) + own);

        var home = RegionMap.Sites[RegionMap.SiteOf(region)];
        world.SetRoundTrip(here, AccessPoint, RegionMap.RoundTrip(region, home) + own);
    }

    private int Of(Region region, int line) => ((int)region * _lines.Count) + line;

    private int IndexOf(LineProfile line)
    {
        for (var i = 0; i < _lines.Count; i++)
        {
            if (_lines[i] == line)
                return i;
        }

        throw new ArgumentException("This line is not one of the population's.", nameof(line));
    }
}
