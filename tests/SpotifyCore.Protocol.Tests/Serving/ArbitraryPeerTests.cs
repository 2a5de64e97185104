using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Serving;

/// <summary>Far sides that say anything at all: nothing throws, nothing hangs, nothing is left behind.</summary>
public sealed class ArbitraryPeerTests
{
    private static readonly TestFile File = TestFile.Create(30, Manifest.ChunkSize * 3);

    [Fact]
    public void Server_AnyMessages_EndsEveryConnectionAndServesOn() => Prop
        .ForAll(Arb.From(Sensible().ArrayOf()), ServeAsync)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Client_AnyMessages_EndsEveryRead() => Prop
        .ForAll(Arb.From(Sensible().ArrayOf()), FetchAsync)
        .QuickCheckThrowOnFailure();

    /// <summary>Any message, often under an id that means something.</summary>
    private static Gen<(PeerMessage Message, byte[] Payload)> Sensible() =>
        from any in Arbitrary.Messages.Generator
        from request in Gen.Choose(0, 12)
        select (Aimed(any.Message, request), any.Payload);

    private static PeerMessage Aimed(in PeerMessage message, int request) =>
        message.Request == 0 || request > 8 ? message : message.WithRequest((uint)request + 1);

    private static async Task<bool> ServeAsync((PeerMessage Message, byte[] Payload)[] messages)
    {
        var failures = new FailureLog();
        var transport = new MemoryTransport(new MemoryNetwork());
        await using var listener = await transport.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var shelf = new FileShelf().With(File);
        var server = new ChunkServer(
            shelf.Backend, new AccessGate(null), new ChunkServerOptions(), TimeProvider.System, failures);
        using var stopping = new CancellationTokenSource();
        var running = server.RunAsync(listener, stopping.Token);

        await using (var peer = new RawPeer(await transport.ConnectAsync(AddressOf(listener))))
            await SayAsync(peer, PeerMessage.Hello(PeerRole.Peer, 0, 64), messages);

        while (server.Usage.Connections > 0)
            await Task.Yield();

        await stopping.CancelAsync();
        await running;
        return failures.Count == 0;
    }

    private static async Task<bool> FetchAsync((PeerMessage Message, byte[] Payload)[] messages)
    {
        var transport = new MemoryTransport(new MemoryNetwork());
        await using var listener = await transport.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var connecting = ChunkClient.ConnectAsync(transport, AddressOf(listener), default).AsTask();
        var peer = await RawPeer.AcceptAsync(listener);
        await using var client = await connecting;
        var reads = Enumerable.Range(0, 5).Select(_ => client.ReadAsync(
            new ChunkRequest(File.Id, 0, 3, RequestPriority.Playing, Instant.Never),
            File.Manifest,
            new byte[3 * Manifest.ChunkSize]).AsTask()).ToArray();
        var finding = client.FindManifestAsync(File.Id).AsTask();

        await SayAsync(peer, PeerMessage.Ping(1), messages);
        await peer.DisposeAsync();

        await Task.WhenAll(reads);
        await finding;
        await client.Closed;
        return !client.IsAlive;
    }

    private static NodeAddress AddressOf(IConnectionListener listener) => new(null, "memory", listener.EndPoint.Port);

    private static async Task SayAsync(
        RawPeer peer, PeerMessage first, (PeerMessage Message, byte[] Payload)[] messages)
    {
        try
        {
            await peer.SendAsync(first);
            foreach (var (message, payload) in messages)
                await peer.SendAsync(message, payload);
        }
        catch (IOException)
        {
            // It had enough.
        }
    }

    private sealed class FailureLog : ILogger<ChunkServer>
    {
        public int Count;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error)
                Interlocked.Increment(ref Count);
        }
    }
}
