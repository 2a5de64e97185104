using SpotifyCore.Codec.Ogg;
using SpotifyCore.Codec.Opus;
using SpotifyCore.Codec.Tracks;

namespace SpotifyCore.Codec.Tests;

/// <summary>Whole files, made and played by the engine.</summary>
internal static class TestOpus
{
    /// <summary>libopus where it is installed.</summary>
    public static readonly IOpusCodec Codec = OpusCodecs.Select(OpusCodecChoice.Auto);

    public static readonly OpusStreamInfo Info = new(0x1234ABCD, Codec.Version);

    public static byte[] Encode(
        ReadOnlySpan<short> pcm,
        int channels,
        int bitsPerSecond,
        int block = 4_096,
        Action<OpusPageMark>? page = null,
        IOpusCodec? codec = null)
    {
        using var encoder = (codec ?? Codec).CreateEncoder(channels, bitsPerSecond);
        var file = new MemoryStream();
        var writer = new OpusFileWriter(file, encoder, Info, page);
        for (; !pcm.IsEmpty; pcm = pcm[Math.Min(pcm.Length, block * channels)..])
            writer.Write(pcm[..Math.Min(pcm.Length, block * channels)]);

        writer.Finish();
        return file.ToArray();
    }

    public static float[] Decode(
        ReadOnlySpan<byte> file, int channels, int block = 16_384, IOpusCodec? codec = null)
    {
        using var decoder = (codec ?? Codec).CreateDecoder(channels);
        var track = new OpusTrackDecoder(decoder);
        var pcm = new List<float>();
        Feed(track, file, pcm, block);
        Assert.True(track.Ended);
        Assert.Equal(pcm.Count / channels, track.Position);
        return [.. pcm];
    }

    public static void Feed(OpusTrackDecoder track, ReadOnlySpan<byte> bytes, List<float> pcm, int block = 16_384)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[track.Push(bytes[..Math.Min(block, bytes.Length)])..];
            while (track.TryRead(out var heard))
                pcm.AddRange(heard);
        }
    }
}
