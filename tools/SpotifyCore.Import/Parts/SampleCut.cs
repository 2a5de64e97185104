namespace SpotifyCore.Import.Parts;

/// <summary>
/// What of the decoded samples is the music: encoders put some before it and behind it. In samples at the rate of the
/// source.
/// </summary>
/// <param name="Skip">Samples before the first.</param>
/// <param name="Keep">Samples of music; null up to the end.</param>
internal readonly record struct SampleCut(long Skip, long? Keep)
{
    /// <summary>All of them.</summary>
    public static readonly SampleCut None = new(0, null);
}
