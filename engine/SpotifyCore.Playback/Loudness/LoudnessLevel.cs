using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Playback.Loudness;

/// <summary>The measured level of a track or album.</summary>
/// <param name="Gain">Decibels to add to reach -18 LUFS; NaN when it was not measured.</param>
/// <param name="Peak">Largest true peak; 1.0 is full scale.</param>
public readonly record struct LoudnessLevel(float Gain, float Peak)
{
    /// <summary>Not measured: a track without an album.</summary>
    public static readonly LoudnessLevel None = new(float.NaN, 0);

    // EBU R128 measures blocks of 0.4 s.
    private const long LeastSamples = 48_000 * 4 / 10;

    /// <summary>The level of a track by its manifest; not measured where it is too short for that.</summary>
    internal static LoudnessLevel Of(Manifest manifest) =>
        manifest.Samples < LeastSamples ? None : new(manifest.TrackGain, manifest.TrackPeak);

    /// <summary>True when there is a measurement.</summary>
    public bool IsKnown => float.IsFinite(Gain) && float.IsFinite(Peak);

    /// <summary>The factor for samples: the gain, limited so that no peak passes full scale.</summary>
    public float Factor
    {
        get
        {
            if (!IsKnown)
                return 1;

            var wanted = MathF.Pow(10, Gain / 20);
            return Peak > 0 ? MathF.Min(wanted, 1 / Peak) : wanted;
        }
    }

    /// <summary>The factor that <paramref name="mode"/> asks for; of the two the one that is known.</summary>
    public static float FactorOf(LoudnessMode mode, LoudnessLevel track, LoudnessLevel album) => mode switch
    {
        LoudnessMode.Off => 1,
        LoudnessMode.Album when album.IsKnown => album.Factor,
        _ => track.IsKnown ? track.Factor : album.Factor,
    };
}
