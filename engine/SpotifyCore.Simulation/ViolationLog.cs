using SpotifyCore.Simulation.Timing;

namespace SpotifyCore.Simulation;

/// <summary>What did not hold in a world.</summary>
internal sealed class ViolationLog(VirtualTime time)
{
    private const int MostKept = 100;

    private readonly List<Violation> _found = [];

    /// <summary>What was found, the first hundred.</summary>
    public IReadOnlyList<Violation> Found => _found;

    /// <summary>Something is so that must never be.</summary>
    public void Broken(int host, string text)
    {
        if (_found.Count < MostKept)
            _found.Add(new Violation(time.Now, host, text));
    }

    /// <summary>There may be so much of something at most.</summary>
    public void Limit(long value, long most, string what, int host)
    {
        if (value > most)
            Broken(host, $"{value} {what}, {most} at most");
    }
}
