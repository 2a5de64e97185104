namespace SpotifyCore.Backend.Streams;

/// <summary>What became of a wish for an account's stream.</summary>
/// <param name="Number">The number by which the stream is had; 0 where it is not.</param>
/// <param name="KeptBy">Who keeps it; null where it was taken.</param>
internal readonly record struct StreamTaking(long Number, StreamHolder? KeptBy)
{
    /// <summary>True when another device had the stream before, or had it last.</summary>
    public bool IsMoved { get; init; }

    /// <summary>True when this device has taken it too often: it is to wait.</summary>
    public bool IsTooOften { get; init; }
}
