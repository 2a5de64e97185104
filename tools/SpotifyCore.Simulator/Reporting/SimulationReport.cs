using SpotifyCore.Simulator.Running;

namespace SpotifyCore.Simulator.Reporting;

/// <summary>What a run is judged by; as JSON, names are in snake case.</summary>
internal sealed record SimulationReport
{
    /// <summary>Which scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>Its seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Clients in the world.</summary>
    public required int Clients { get; init; }

    /// <summary>Hours measured.</summary>
    public required double Hours { get; init; }

    /// <summary>Plays that ended within them.</summary>
    public required long Plays { get; init; }

    /// <summary>Where the bytes played came from.</summary>
    public required BytesShare BytesShare { get; init; }

    /// <summary>Start of sound over all plays that came to sound.</summary>
    public required StartTimes StartMs { get; init; }

    /// <summary>Start of sound over the plays that a listener's act began: picks and skips to the next.</summary>
    public required StartTimes StartClickMs { get; init; }

    /// <summary>Share of plays with at least one stutter.</summary>
    public required double StutterShare { get; init; }

    /// <summary>Share of plays that were given up by the client.</summary>
    public required double FailedShare { get; init; }

    /// <summary>All bytes on peer links less the unique payload that was played, as a share of all of them.</summary>
    public required double OverheadShare { get; init; }

    /// <summary>Payload fetched, from whomever, and never played, as a share of all payload fetched.</summary>
    public required double WastedShare { get; init; }

    /// <summary>What peer searches found.</summary>
    public required SearchShare Search { get; init; }

    /// <summary>Share of the requests to production that had to go on to master.</summary>
    public required double MasterShareOfServerRequests { get; init; }

    /// <summary>Events of the simulation.</summary>
    public required long Events { get; init; }

    /// <summary>Seconds it took.</summary>
    public required double WallS { get; init; }

    /// <summary>Largest resident size of the process, MB.</summary>
    public required double PeakRssMb { get; init; }
}
