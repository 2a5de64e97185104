namespace SpotifyCore.Import.Measuring;

/// <summary>How loud a track is, by EBU R128.</summary>
/// <param name="Integrated">Integrated loudness in LUFS; -70 is silence.</param>
/// <param name="TruePeak">Largest true peak; 1.0 is full scale.</param>
internal readonly record struct Loudness(float Integrated, float TruePeak)
{
    /// <summary>LUFS of what the measure's gate lets nothing through of.</summary>
    public const float Silent = -70;

    private const float Reference = -18;

    /// <summary>Decibels to the reference of -18 LUFS; none for silence, or for what is too short to measure.</summary>
    public float Gain => Integrated <= Silent ? 0 : Reference - Integrated;
}
