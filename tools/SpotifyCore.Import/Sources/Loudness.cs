namespace SpotifyCore.Import.Sources;

/// <summary>How loud a track is, by EBU R128.</summary>
/// <param name="Integrated">Integrated loudness in LUFS; -70 is silence.</param>
/// <param name="TruePeak">Largest true peak; 1.0 is full scale.</param>
internal readonly record struct Loudness(float Integrated, float TruePeak)
{
    /// <summary>What the measure's gate lets nothing through of.</summary>
    public static readonly Loudness Silence = new(-70, 0);

    private const float Reference = -18;

    /// <summary>Decibels to the reference of -18 LUFS; none for silence, or for what is too short to measure.</summary>
    public float Gain => Integrated <= Silence.Integrated ? 0 : Reference - Integrated;

    /// <summary>How loud the same is with its samples multiplied by <paramref name="factor"/>.</summary>
    public Loudness Scaled(float factor) => new(
        Integrated <= Silence.Integrated ? Integrated : Math.Max(
            Integrated + (20 * MathF.Log10(factor)), Silence.Integrated),
        TruePeak * factor);
}
