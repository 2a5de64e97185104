using SpotifyCore.Codec.Ogg;
using SpotifyCore.Codec.Opus;
using SpotifyCore.Codec.Tracks;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sealing;

namespace SpotifyCore.Playback.Tests;

/// <summary>A real Opus file, sealed and cut into chunks, and what decoding it at once gives.</summary>
internal sealed class TestTrack
{
    private static readonly IOpusCodec Codec = OpusCodecs.Select(OpusCodecChoice.Auto);
    private static readonly byte[] KeyBytes = [.. Enumerable.Range(1, 16).Select(n => (byte)n)];

    private readonly byte[][] _chunks;

    private TestTrack(byte[][] chunks, Manifest manifest, float[] pcm)
    {
        _chunks = chunks;
        Manifest = manifest;
        Pcm = pcm;
    }

    public static ContentKey Key => ContentKey.Read(KeyBytes);

    public Manifest Manifest { get; }

    /// <summary>The whole file decoded at once: 48 kHz stereo.</summary>
    public float[] Pcm { get; }

    public static TestTrack Encode(
        ReadOnlySpan<short> pcm, int channels = 2, int bitsPerSecond = 160_000, float gain = -6.5f, float peak = 0.98f)
    {
        var table = new SeekTable();
        var file = new MemoryStream();
        using (var encoder = Codec.CreateEncoder(channels, bitsPerSecond))
        {
            var writer = new OpusFileWriter(file, encoder, new OpusStreamInfo(42, Codec.Version), table.Add);
            writer.Write(pcm);
            writer.Finish();
        }

        var audio = new AudioProperties(
            new TrackId(42), bitsPerSecond, pcm.Length / channels, OpusFileWriter.PreSkip, gain, peak);
        return Seal(file.ToArray(), table, audio);
    }

    public ReadOnlySpan<byte> Chunk(uint index) => _chunks[index];

    /// <summary>The same track with one sealed chunk altered, and a manifest that vouches for it.</summary>
    public TestTrack Damage(uint index)
    {
        var chunks = _chunks.Select(chunk => (byte[])chunk.Clone()).ToArray();
        for (var i = 0; i < chunks[index].Length; i += 50)
            chunks[index][i] ^= 0x55;

        var writer = new ManifestWriter();
        for (uint i = 0; i < chunks.Length; i++)
            writer.Add(chunks[i], Manifest.SeekPointOf(i));

        var audio = new AudioProperties(
            Manifest.Track, Manifest.BitsPerSecond, Manifest.Samples, (ushort)Manifest.PreSkip, 0, 1);
        return new TestTrack(chunks, writer.Finish(audio), Pcm);
    }

    /// <summary>What is decoded from the first <paramref name="chunks"/> chunks alone.</summary>
    public int SamplesIn(uint chunks)
    {
        using var opus = Codec.CreateDecoder(2);
        using var seal = new ChunkSeal(Key);
        var decoder = new OpusTrackDecoder(opus);
        for (uint i = 0; i < chunks; i++)
        {
            var plain = (byte[])_chunks[i].Clone();
            seal.Apply(i, plain);
            decoder.Push(plain);
            while (decoder.TryRead(out _))
            {
            }
        }

        return (int)decoder.Position;
    }

    private static TestTrack Seal(byte[] file, SeekTable table, in AudioProperties audio)
    {
        using var seal = new ChunkSeal(Key);
        var writer = new ManifestWriter();
        var chunks = file.Chunk(Manifest.ChunkSize).ToArray();
        var pcm = Decode(chunks);
        for (uint i = 0; i < chunks.Length; i++)
        {
            seal.Apply(i, chunks[i]);
            writer.Add(chunks[i], table.Of(i));
        }

        return new TestTrack(chunks, writer.Finish(audio), pcm);
    }

    private static float[] Decode(byte[][] plainChunks)
    {
        using var opus = Codec.CreateDecoder(2);
        var decoder = new OpusTrackDecoder(opus);
        var pcm = new List<float>();
        foreach (var chunk in plainChunks)
        {
            Assert.Equal(chunk.Length, decoder.Push(chunk));
            while (decoder.TryRead(out var heard))
                pcm.AddRange(heard);
        }

        Assert.True(decoder.Ended);
        return [.. pcm];
    }
}
