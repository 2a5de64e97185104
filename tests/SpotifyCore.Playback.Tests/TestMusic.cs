namespace SpotifyCore.Playback.Tests;

/// <summary>Sound to encode, 48 kHz; the same arguments give the same samples.</summary>
internal static class TestMusic
{
    /// <summary>A continuous piece: gliding tones that swell and fade, and a little noise.</summary>
    public static short[] Piece(int samples, int channels = 2, int seed = 1)
    {
        var random = new Random(seed);
        var pcm = new short[samples * channels];
        var phase = new double[5];
        for (var n = 0; n < samples; n++)
        {
            var tone = 0.0;
            for (var i = 0; i < phase.Length; i++)
            {
                var glide = 1 + (0.02 * Math.Sin((n * 0.000_03 * (i + 1)) + seed));
                phase[i] += Math.Tau * 110 * (i + 1) * glide / 48_000;
                tone += Math.Sin(phase[i]) / (i + 1) * (0.7 + (0.3 * Math.Sin(n * 0.000_1 * (i + 2))));
            }

            for (var channel = 0; channel < channels; channel++)
            {
                var noise = (random.NextDouble() - 0.5) * 200;
                pcm[(n * channels) + channel] = (short)((tone * (channel == 0 ? 7_000 : 5_500)) + noise);
            }
        }

        return pcm;
    }
}
