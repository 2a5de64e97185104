namespace SpotifyCore.Simulation;

/// <summary>What a connection may have under way.</summary>
/// <param name="InitialBytes">At first: ten segments (RFC 6928).</param>
/// <param name="MostBytes">At most: what a home router's queue takes before it drops.</param>
public readonly record struct WindowOptions(int InitialBytes = 15_000, int MostBytes = 256 * 1024)
{
    /// <summary>The defaults.</summary>
    public static readonly WindowOptions Default = new(15_000, 256 * 1024);
}
