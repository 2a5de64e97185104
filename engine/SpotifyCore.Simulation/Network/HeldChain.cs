namespace SpotifyCore.Simulation.Network;

/// <summary>Messages that can't go on for a while, in their order; they are linked by their places.</summary>
internal struct HeldChain
{
    /// <summary>A chain of none.</summary>
    public static readonly HeldChain Nothing = new() { IsEmpty = true };

    public bool IsEmpty;
    public int First;
    public int Last;
}
