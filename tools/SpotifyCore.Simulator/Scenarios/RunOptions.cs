using SpotifyCore.Simulator.Listening;

namespace SpotifyCore.Simulator.Scenarios;

/// <summary>What one run is of.</summary>
internal sealed record RunOptions
{
    /// <summary>Which scenario.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>Clients in the world.</summary>
    public int Clients { get; init; } = 1_000;

    /// <summary>Hours measured.</summary>
    public double Hours { get; init; } = 24;

    /// <summary>Everything follows from it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Hours before that, so that the tracker and the neighbourhoods are warm.</summary>
    public double WarmUpHours { get; init; } = 1;

    /// <summary>Changes the model of the world: for the study of one assumption.</summary>
    public Func<WorldModel, WorldModel> Vary { get; init; } = static model => model;

    /// <summary>When measuring begins; midnight is 0. Less than a day is laid around the evening's peak.</summary>
    public TimeSpan From => TimeSpan.FromHours(Hours >= 20 ? 0 : 18.5 - (Hours / 2));

    /// <summary>When it ends.</summary>
    public TimeSpan To => From + TimeSpan.FromHours(Hours);

    /// <summary>When the run begins.</summary>
    public TimeSpan Begin => From - TimeSpan.FromHours(WarmUpHours);

    /// <summary>The model of the world.</summary>
    public WorldModel Model()
    {
        var model = WorldModel.Of(Clients);
        return Vary(model with
        {
            Population = model.Population with
            {
                Lines = Scenario.Lines,
                Liars = Scenario.Liars,
                Slow = Scenario.Slow,
            },
        });
    }
}
