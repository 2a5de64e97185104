using SpotifyCore.Core.Delivery;
using SpotifyCore.Simulator.Population;

namespace SpotifyCore.Simulator.Scenarios;

/// <summary>A world, the rules its clients live by, and what comes between.</summary>
internal sealed record Scenario
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in a line.</summary>
    public required string Summary { get; init; }

    /// <summary>The lines of its clients.</summary>
    public IReadOnlyList<LineProfile> Lines { get; init; } = Population.Lines.Homes2010;

    /// <summary>Share of the clients that lie.</summary>
    public double Liars { get; init; }

    /// <summary>Share of the clients that are slow.</summary>
    public double Slow { get; init; }

    /// <summary>Production and master.</summary>
    public ServerOptions Servers { get; init; } = new();

    /// <summary>What comes between; null for nothing.</summary>
    public Disturbance? Disturbance { get; init; }

    /// <summary>True for the original's rules of the access point too: see <see cref="PaperRules"/>.</summary>
    public bool IsPaper { get; init; }

    /// <summary>Makes the options of a client's core.</summary>
    public Func<ClientCoreOptions> Core { get; init; } = static () => new ClientCoreOptions();

    /// <summary>The same with servers that are never short.</summary>
    public Scenario WithAmpleServers() => this with { Name = Name + "-ample", Servers = Servers.WithAmpleLines() };

    /// <summary>The same without peers, and with servers that are never short.</summary>
    public Scenario WithoutPeers() => this with
    {
        Name = Name + "-no-peers",
        Servers = Servers.WithAmpleLines(),
        Core = () =>
        {
            var options = Core();
            options.Neighbours.Enabled = false;
            options.Uploads.Enabled = false;
            return options;
        },
    };
}
