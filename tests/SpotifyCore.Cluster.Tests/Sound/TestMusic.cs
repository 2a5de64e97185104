using System.Runtime.InteropServices;
using SpotifyCore.Testing;

namespace SpotifyCore.Cluster.Tests.Sound;

/// <summary>
/// Sources of sound in a folder of their own: a chord of gliding voices with overtones, as loud everywhere, and a
/// little noise, different on both sides. The same seed gives the same piece.
/// </summary>
internal sealed class TestMusic : IDisposable
{
    private const int Voices = 4;
    private const int Overtones = 3;
    private readonly TempDirectory _directory = new();

    public string Folder => _directory.Path;

    /// <summary>Path of a source.</summary>
    public string this[string name] => _directory[name];

    /// <summary>Makes a source of the format its name tells.</summary>
    /// <param name="name">Its name, from the folder on.</param>
    /// <param name="seed">Which piece.</param>
    /// <param name="seconds">Its length.</param>
    /// <param name="options">What ffmpeg is told beside.</param>
    public void Make(string name, int seed, double seconds, params string[] options)
    {
        var path = _directory[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var raw = Path.Combine(Path.GetDirectoryName(path)!, $".{seed}.s16le");
        File.WriteAllBytes(raw, MemoryMarshal.AsBytes<short>(Compose(seed, (int)(seconds * 48_000))).ToArray());
        Ffmpeg.Run(["-f", "s16le", "-ar", "48000", "-ac", "2", "-i", raw, .. options, path]);
        File.Delete(raw);
    }

    /// <summary>Writes a source as it is.</summary>
    public void Write(string name, ReadOnlySpan<byte> content) => File.WriteAllBytes(_directory[name], content);

    public void Dispose() => _directory.Dispose();

    private static short[] Compose(int seed, int samples)
    {
        var noise = new Random(seed);
        var interleaved = new short[samples * 2];
        var phases = new double[Voices];
        for (var i = 0; i < samples; i++)
        {
            double left = 0, right = 0;
            for (var voice = 0; voice < Voices; voice++)
            {
                var glide = 1 + (0.03 * Math.Sin((0.4 * i / 48_000.0) + voice));
                phases[voice] += 2 * Math.PI * (110 + (seed * 7 % 60)) * Math.Pow(1.5, voice) * glide / 48_000;
                for (var overtone = 1; overtone <= Overtones; overtone++)
                {
                    var sound = Math.Sin(phases[voice] * overtone) / overtone;
                    left += sound * (voice % 2 == 0 ? 1 : 0.5);
                    right += sound * (voice % 2 == 0 ? 0.5 : 1);
                }
            }

            interleaved[2 * i] = (short)((left * 3_000) + noise.Next(-60, 60));
            interleaved[(2 * i) + 1] = (short)((right * 3_000) + noise.Next(-60, 60));
        }

        return interleaved;
    }
}
