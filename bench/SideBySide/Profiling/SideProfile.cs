namespace SpotifyCore.SideBySide.Profiling;

/// <summary>What was seen of one side of a trial in slices of their own, which count for nothing else.</summary>
/// <param name="Trial">The first name that the trial measures.</param>
/// <param name="Side">Ours, or which reference.</param>
/// <param name="Modules">Where its processor time goes, the largest share first.</param>
/// <param name="Functions">The functions it goes to, the largest share first.</param>
/// <param name="Calls">System calls, the most frequent first.</param>
/// <param name="Chunks">Chunks that the slice of the system calls came to; 0 where it does not count them.</param>
internal sealed record SideProfile(
    string Trial,
    string Side,
    IReadOnlyList<SampleShare> Modules,
    IReadOnlyList<SampleShare> Functions,
    IReadOnlyList<SystemCallCount> Calls,
    double Chunks);
