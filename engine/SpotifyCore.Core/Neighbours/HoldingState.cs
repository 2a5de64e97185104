namespace SpotifyCore.Core.Neighbours;

/// <summary>What is known of a peer's holding of a file.</summary>
internal enum HoldingState : byte
{
    /// <summary>It was not asked.</summary>
    Unknown = 0,

    /// <summary>It was asked and has not answered.</summary>
    Asked,

    /// <summary>It says that it holds all of it.</summary>
    Whole,

    /// <summary>It says that it holds some chunks of it, and which.</summary>
    Part,

    /// <summary>It does not hold it, or said so and then lacked a chunk.</summary>
    Lacks,
}
