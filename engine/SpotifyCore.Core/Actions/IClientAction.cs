namespace SpotifyCore.Core.Actions;

/// <summary>
/// One thing that the core wants done. The runtime carries actions out, or at least begins them, in the order in
/// which they stand in the buffer. At most 64 bytes each.
/// </summary>
public interface IClientAction
{
    /// <summary>Kinds of action there are, 0 included.</summary>
    internal const int Kinds = 29;

    /// <summary>Its place among the kinds: each type has its own.</summary>
    internal int Kind { get; }

    /// <summary>Hands it to the port that does such things.</summary>
    void CarryOut(ClientPorts ports);
}
