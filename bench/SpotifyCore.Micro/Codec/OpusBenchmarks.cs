using BenchmarkDotNet.Attributes;
using SpotifyCore.Codec.Ogg;
using SpotifyCore.Codec.Opus;
using SpotifyCore.Codec.Tracks;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Micro.Codec;

/// <summary>20 ms of stereo at 160 kbps: encoded, decoded, and decoded out of a file as the player does.</summary>
[MemoryDiagnoser]
public class OpusBenchmarks
{
    private const int FrameSamples = 960;
    private const int Frames = 250;
    private const int Step = 16 * 1024;

    private readonly short[] _pcm = CreatePcm();
    private readonly byte[] _packet = new byte[1_500];
    private readonly float[] _decoded = new float[OpusFormat.MaxPacketSamples * 2];
    private readonly List<byte[]> _packets = [];
    private IOpusEncoder _encoder = null!;
    private IOpusDecoder _decoder = null!;
    private IOpusDecoder _trackDecoder = null!;
    private OpusTrackDecoder _track = null!;
    private byte[] _file = [];
    private OpusPageMark _firstSound;
    private int _position;
    private int _next;

    /// <summary>Who encodes and decodes.</summary>
    [Params("libopus", "Concentus")]
    public string Codec { get; set; } = "libopus";

    [GlobalSetup]
    public void Setup()
    {
        var codec = Codec == "libopus" ? OpusCodecs.Native : OpusCodecs.Managed;
        _encoder = codec.CreateEncoder(2, 160_000);
        _decoder = codec.CreateDecoder(2);
        for (var i = 0; i < Frames; i++)
            _packets.Add(_packet[.._encoder.Encode(Frame(i), _packet)]);

        using var encoder = codec.CreateEncoder(2, 160_000);
        using var stream = new MemoryStream();
        var pages = new List<OpusPageMark>();
        var writer = new OpusFileWriter(stream, encoder, OpusStreamInfo.For(new TrackId(7), codec), pages.Add);
        for (var i = 0; i < Frames * 8; i++)
            writer.Write(Frame(i));

        writer.Finish();
        _file = stream.ToArray();
        _firstSound = pages[2];
        _trackDecoder = codec.CreateDecoder(2);
        _track = new OpusTrackDecoder(_trackDecoder, OpusFileWriter.PreSkip);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _encoder.Dispose();
        _decoder.Dispose();
        _trackDecoder.Dispose();
    }

    [Benchmark]
    public int Encode() => _encoder.Encode(Frame(_next++), _packet);

    [Benchmark]
    public int Decode() => _decoder.Decode(_packets[_next++ % Frames], _decoded);

    [Benchmark]
    public int DecodeTrack()
    {
        ReadOnlySpan<float> heard;
        while (!_track.TryRead(out heard))
        {
            if (_track.Ended)
                Rewind();

            _position += _track.Push(_file.AsSpan(_position, Math.Min(Step, _file.Length - _position)));
        }

        return heard.Length;
    }

    private void Rewind()
    {
        _track.SeekTo(new SeekPlan(0, 0, (int)_firstSound.Offset, _firstSound.FirstSample));
        _position = (int)_firstSound.Offset;
    }

    private ReadOnlySpan<short> Frame(int number) =>
        _pcm.AsSpan(number % Frames * FrameSamples * 2, FrameSamples * 2);

    private static short[] CreatePcm()
    {
        var pcm = new short[Frames * FrameSamples * 2];
        for (var i = 0; i < pcm.Length / 2; i++)
        {
            var time = i / 48_000.0;
            var tone = Math.Sin(time * 2 * Math.PI * 440) + (0.5 * Math.Sin(time * 2 * Math.PI * (700 + (200 * time))));
            pcm[i * 2] = (short)(tone * 9_000);
            pcm[(i * 2) + 1] = (short)(tone * 7_000);
        }

        return pcm;
    }
}
