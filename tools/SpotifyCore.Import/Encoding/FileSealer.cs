using SpotifyCore.Codec.Tracks;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sealing;
using SpotifyCore.Import.Measuring;
using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Encoding;

/// <summary>Seals an encoded file where it lies and makes its manifest.</summary>
internal static class FileSealer
{
    /// <summary>Replaces the plain bytes by sealed ones, chunk by chunk.</summary>
    public static Manifest Seal(EncodedFile file, ContentKey key, PcmSpool pcm, Loudness loudness)
    {
        using var seal = new ChunkSeal(key);
        var manifest = new ManifestWriter();
        var handle = file.Content.SafeFileHandle;
        var length = RandomAccess.GetLength(handle);
        var buffer = new byte[Manifest.ChunkSize];
        for (uint index = 0; index * (long)Manifest.ChunkSize < length; index++)
        {
            var at = index * (long)Manifest.ChunkSize;
            var chunk = buffer.AsSpan(0, (int)Math.Min(Manifest.ChunkSize, length - at));
            FileChunkReader.ReadExactly(handle, chunk, at);
            seal.Apply(index, chunk);
            RandomAccess.Write(handle, chunk, at);
            manifest.Add(chunk, file.Seeks.Of(index));
        }

        return manifest.Finish(new AudioProperties(
            pcm.Track, file.BitsPerSecond, pcm.Samples, OpusFileWriter.PreSkip, loudness.Gain, loudness.TruePeak));
    }
}
