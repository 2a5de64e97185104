using SpotifyCore.Simulator.Population;

namespace SpotifyCore.Simulator.Scenarios;

/// <summary>The scenarios by name.</summary>
internal static class ScenarioBook
{
    private static readonly TimeSpan Peak = TimeSpan.FromHours(18.5);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new()
        {
            Name = "paper",
            Summary = "the original's world and rules",
            IsPaper = true,
            Core = PaperRules.Core,
        },
        new() { Name = "ours", Summary = "the original's world, this engine's rules" },
        new() { Name = "today", Summary = "this engine's rules on today's lines", Lines = Lines.Today },
        new()
        {
            Name = "flash",
            Summary = "a release that everyone plays within 5 minutes",
            Disturbance = new Disturbance(DisturbanceKind.Release, Peak, TimeSpan.FromMinutes(5)),
        },
        new()
        {
            Name = "outage",
            Summary = "production is down for 10 minutes at the peak of the day",
            Disturbance = new Disturbance(DisturbanceKind.Outage, Peak, TimeSpan.FromMinutes(10)),
        },
        new() { Name = "hostile", Summary = "10 % of the peers lie, 20 % are slow", Liars = 0.1, Slow = 0.2 },
    ];

    /// <summary>The scenario of a name; null when there is none.</summary>
    public static Scenario? Find(string name) => All.FirstOrDefault(scenario => scenario.Name == name);
}
