namespace SpotifyCore.Core.Repair;

/// <summary>What is to be done about the files of a master.</summary>
public enum RepairActionKind
{
    /// <summary>Ask a member for the files it holds after one: then <see cref="RepairPlanner.Listed"/>.</summary>
    List = 0,

    /// <summary>Fetch a file that is lacking: then <see cref="RepairPlanner.Fetched"/>.</summary>
    Fetch = 1,

    /// <summary>Read the next file after one for damage: then <see cref="RepairPlanner.Scrubbed"/>.</summary>
    Scrub = 2,
}
