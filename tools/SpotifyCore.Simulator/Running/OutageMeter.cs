using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulator.Scenarios;

namespace SpotifyCore.Simulator.Running;

/// <summary>What share of the plays that an outage met, or that began in it, went on as if nothing were.</summary>
internal sealed class OutageMeter(Disturbance? disturbance)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Plays that sounded, or should have, while production was down.</summary>
    public long Met { get; private set; }

    /// <summary>Those that sounded within 5 s, without a stutter and without failing.</summary>
    public long WentOn { get; private set; }

    /// <summary>Counts a play.</summary>
    public void Add(TimeSpan since, TimeSpan ended, in PlayRecord record)
    {
        if (disturbance is not { Kind: DisturbanceKind.Outage } outage || !record.IsCurrent)
            return;

        if (ended < outage.At || since > outage.At + outage.Length)
            return;

        // One that was broken off before it had a chance to sound says nothing.
        if (record.Start is null && record.Failure == default && ended - since < Patience)
            return;

        Met++;
        var sounded = record.Start is { } start && start <= Patience;
        WentOn += sounded && record.Stutters == 0 && record.Failure == default ? 1 : 0;
    }
}
