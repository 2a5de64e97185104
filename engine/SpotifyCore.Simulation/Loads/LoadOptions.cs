namespace SpotifyCore.Simulation.Loads;

/// <summary>How large a load is.</summary>
public sealed record LoadOptions
{
    /// <summary>Everything follows from it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Clients.</summary>
    public int Clients { get; init; } = 1_000;

    /// <summary>Virtual hours.</summary>
    public double Hours { get; init; } = 2;

    /// <summary>Plays that a client begins in a day.</summary>
    public double PlaysADay { get; init; } = 25;

    /// <summary>Tracks in the catalogue.</summary>
    public int Tracks { get; init; } = 20_000;

    /// <summary>Tracks in each cache at first.</summary>
    public int CachedTracks { get; init; } = 100;
}
