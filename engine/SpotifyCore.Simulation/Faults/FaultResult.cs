namespace SpotifyCore.Simulation.Faults;

/// <summary>What came of a schedule of faults.</summary>
/// <param name="Options">Which schedule.</param>
/// <param name="Trace">The hash of all that happened.</param>
/// <param name="Events">Events.</param>
/// <param name="Plays">Plays that were begun and are over.</param>
/// <param name="Failed">Plays of those that failed.</param>
/// <param name="Stuttering">Plays of those that stuttered.</param>
/// <param name="WrongBytes">Wrong bytes that peers sent, all of them found out.</param>
/// <param name="Violations">What did not hold.</param>
public sealed record FaultResult(
    FaultOptions Options,
    ulong Trace,
    long Events,
    int Plays,
    int Failed,
    int Stuttering,
    long WrongBytes,
    IReadOnlyList<Violation> Violations)
{
    /// <summary>The command that runs the same again.</summary>
    public string Replay => FormattableString.Invariant(
        $"spotifycore-harness faults --seeds {Options.Seed} --clients {Options.Clients} --hours {Options.Hours}");
}
