namespace SpotifyCore.Import.Sources;

/// <summary>
/// How far sound has gone through one kind of pass over it: the decoding, or the encodings to its files.
/// </summary>
/// <param name="Sound">The sound that was handled; what was encoded to each of three files counts three times.</param>
/// <param name="Time">The time that took, on one core.</param>
internal readonly record struct PassProgress(TimeSpan Sound, TimeSpan Time)
{
    /// <summary>Both together.</summary>
    public static PassProgress operator +(PassProgress one, PassProgress other) =>
        new(one.Sound + other.Sound, one.Time + other.Time);

    /// <summary>Time for each second of sound; null while nothing was handled.</summary>
    public double? Cost => Sound > TimeSpan.Zero && Time > TimeSpan.Zero ? Time / Sound : null;
}
