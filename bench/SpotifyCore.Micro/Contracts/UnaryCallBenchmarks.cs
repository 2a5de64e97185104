using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Serving;

namespace SpotifyCore.Micro.Contracts;

/// <summary>One call with a session and a deadline over loopback: the bytes are those of both sides.</summary>
[MemoryDiagnoser]
public class UnaryCallBenchmarks
{
    private readonly FindSourceRequest _request = new()
    {
        SourceHash = ByteString.CopyFrom(new byte[32]), Encoder = "libopus 1.3.1, vbr",
    };

    private GrpcServer _server = null!;
    private EndpointChannel _channel = null!;
    private Librarian.LibrarianClient _librarian = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _server = await GrpcServer.StartAsync(
            new GrpcServerOptions { Address = "http://127.0.0.1:0" },
            ServedService.Create(new KnownSource(), Librarian.BindService, new OpenGate()));
        _channel = new EndpointChannel(new EndpointChannelOptions { Address = _server.Addresses[0] })
        {
            Session = "0123456789abcdef0123456789abcdef",
        };
        _librarian = new Librarian.LibrarianClient(_channel);
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        _channel.Dispose();
        await _server.DisposeAsync();
    }

    [Benchmark]
    public Task<FindSourceReply> FindSource() => _librarian.FindSourceAsync(
        _request, deadline: EndpointChannel.In(TimeSpan.FromSeconds(15))).ResponseAsync;

    private sealed class KnownSource : Librarian.LibrarianBase
    {
        public override Task<FindSourceReply> FindSource(FindSourceRequest request, ServerCallContext context) =>
            Task.FromResult(new FindSourceReply { Track = "0123456789012345678901" });
    }
}
