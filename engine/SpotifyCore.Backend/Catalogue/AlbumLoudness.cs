using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>Gain and peak of an album as one piece.</summary>
/// <param name="Gain">Decibels to add so that the album as a whole reaches <see cref="Reference"/>.</param>
/// <param name="Peak">Largest true peak of its tracks; 1.0 is full scale.</param>
internal readonly record struct AlbumLoudness(float Gain, float Peak)
{
    /// <summary>The loudness everything is brought to, in LUFS, as for <see cref="Manifest.TrackGain"/>.</summary>
    public const float Reference = -18f;

    /// <summary>Tracks below this, in LUFS, are silence and don't count: the absolute gate of EBU R128.</summary>
    public const float Silence = -70f;

    /// <summary>The mean of the tracks' energies, each weighted by its length. Gain 0 when all is silence.</summary>
    public static AlbumLoudness Of(IEnumerable<(float Loudness, long Milliseconds, float Peak)> tracks)
    {
        double energy = 0, milliseconds = 0;
        var peak = 0f;
        foreach (var track in tracks)
        {
            peak = Math.Max(peak, track.Peak);
            if (track.Loudness <= Silence)
                continue;

            energy += Math.Pow(10, track.Loudness / 10.0) * track.Milliseconds;
            milliseconds += track.Milliseconds;
        }

        var gain = milliseconds > 0 ? Reference - (10 * Math.Log10(energy / milliseconds)) : 0;
        return new AlbumLoudness((float)gain, peak);
    }
}
