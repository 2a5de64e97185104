using BenchmarkDotNet.Attributes;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Micro.Storage;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Messages.Layouts;

namespace SpotifyCore.Micro.Protocol;

/// <summary>The two frames of a fetch: the request for a range, and a chunk in one frame.</summary>
[MemoryDiagnoser]
public class FrameBenchmarks
{
    private readonly byte[] _chunk = new byte[FrameHeader.MaxFrameLength];
    private readonly byte[] _request = new byte[FrameHeader.MaxFrameLength];
    private int _chunkLength;
    private int _requestLength;

    [GlobalSetup]
    public void Setup()
    {
        EncodeChunk();
        EncodeRequest();
    }

    [Benchmark]
    public int EncodeChunk() => _chunkLength = MessageCodec.Write(
        PeerMessage.ChunkData(7, 12, Tier.Production, Manifest.ChunkSize), Chunks.Payload, _chunk);

    [Benchmark]
    public int DecodeChunk() => Decode(_chunk.AsSpan(0, _chunkLength));

    [Benchmark]
    public int EncodeRequest() => _requestLength = MessageCodec.Write(
        PeerMessage.RequestChunks(7, new FileId(5), 12, 16, RequestPriority.Playing, 500), default, _request);

    [Benchmark]
    public int DecodeRequest() => Decode(_request.AsSpan(0, _requestLength));

    private static int Decode(ReadOnlySpan<byte> received)
    {
        if (!FrameReader.TryRead(ref received, out var frame))
            throw new InvalidOperationException("The frame is not whole.");

        var message = MessageCodec.Read(frame, out var payload);
        return (int)message.Chunk + payload.Length;
    }
}
