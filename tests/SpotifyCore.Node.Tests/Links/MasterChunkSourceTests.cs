using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Placement;
using SpotifyCore.Node.Links;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Node.Tests.Links;

public sealed class MasterChunkSourceTests : IAsyncLifetime
{
    private readonly TestFile _file = TestFile.Create(seed: 31, 10 * Manifest.ChunkSize);
    private readonly MemoryNetwork _network = new();
    private readonly NodeAddress[] _masters = [Address(1), Address(2)];
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _serving = [];
    private readonly List<IConnectionListener> _listeners = [];
    private readonly byte[] _bytes = new byte[16 * Manifest.ChunkSize];
    private readonly FarSource[] _held;
    private readonly OwnerMap _owners;
    private readonly CountingTransport _transport;
    private readonly int _first;
    private TimeSpan _hedge = TimeSpan.FromMinutes(1);

    public MasterChunkSourceTests()
    {
        _held = [new FarSource(_file), new FarSource(_file)];
        _transport = new CountingTransport(new MemoryTransport(_network, Address(9).Id));
        var placement = new RendezvousPlacement(_masters.Select(static master => master.Id!.Value));
        var options = new NodeLinkOptions
        {
            FirstBackoff = TimeSpan.FromMinutes(1), LongestBackoff = TimeSpan.FromMinutes(1), SilentReads = 2,
        };
        _owners = new OwnerMap(placement, _masters.Select(master => new ReconnectingPeer(
            _transport, master, options.ToPeer(), TimeProvider.System, NullLogger<ReconnectingPeer>.Instance)));
        _first = Array.FindIndex(_masters, master => master.Id == _owners.FindOwners(_file.Id)[0]);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var link in _owners.Links.Values)
            await link.DisposeAsync();

        await _stopping.CancelAsync();
        foreach (var listener in _listeners)
            await listener.DisposeAsync();

        await Task.WhenAll(_serving);
        _stopping.Dispose();
    }

    [Fact]
    public async Task ReadAsync_BothThere_AsksTheFirstOwnerAlone()
    {
        await ServeBothAsync();

        await ReadRightAsync(0, 10);

        Assert.Equal(10, _held[_first].Asked.Count);
        Assert.All(_held[_first].Requests, static asked => Assert.True(asked.LocalOnly));
        Assert.Empty(_held[1 - _first].Asked);
    }

    [Fact]
    public async Task ReadAsync_FirstLacksIsBusyOrFails_TheOtherAnswers()
    {
        await ServeBothAsync();

        foreach (var answer in new[] { ChunkReadResult.NotFound, ChunkReadResult.Busy, ChunkReadResult.Unavailable })
        {
            _held[_first].Answer = answer;
            await ReadRightAsync(3, 2);
        }

        _held[_first].Failure = new IOException("disk");
        await ReadRightAsync(3, 2);
    }

    [Fact]
    public async Task ReadAsync_FirstSendsWrongChunks_TheOtherAnswersAndTheLiarIsLeft()
    {
        await ServeAsync(_first, new AlteringSource(_held[_first]));
        await ServeAsync(1 - _first, _held[1 - _first]);

        await ReadRightAsync(0, 4);
        await ReadRightAsync(4, 4);

        Assert.Equal(8, _held[1 - _first].Asked.Count);
    }

    [Fact]
    public async Task ReadAsync_FirstIsSilent_TheOtherIsAskedAsWellAndTheSilentOneGivenUp()
    {
        await ServeBothAsync();
        _held[_first].Close();
        _hedge = TimeSpan.FromMilliseconds(50);

        await Eventually.TrueAsync(async () =>
        {
            var asked = _held[_first].Requests.Count;
            await ReadRightAsync(0, 1);
            return _held[_first].Requests.Count == asked;
        });

        Assert.NotEmpty(_held[_first].Requests);
        Assert.Equal(1, _transport.Connects[_masters[_first].Port]);
    }

    [Fact]
    public async Task ReadAsync_FirstOutOfReach_IsLeftAloneForAWhile()
    {
        await ServeAsync(1 - _first, _held[1 - _first]);

        for (uint i = 0; i < 10; i++)
            await ReadRightAsync(i, 1);

        Assert.Equal(1, _transport.Connects[_masters[_first].Port]);
    }

    [Fact]
    public async Task ReadAsync_ConnectionLost_IsMadeAgain()
    {
        await ServeBothAsync();
        await ReadRightAsync(0, 1);

        await _transport.DropAllAsync();

        await Eventually.TrueAsync(async () =>
        {
            await ReadRightAsync(1, 1);
            return _transport.Connects[_masters[_first].Port] == 2;
        });
    }

    [Fact]
    public async Task ReadAsync_UnforeseenFailureToConnect_IsThatOfOneAttempt()
    {
        await ServeBothAsync();
        _transport.NextFailure = new InvalidOperationException();
        await Record.ExceptionAsync(() => ReadRightAsync(0, 1));

        await ReadRightAsync(0, 1);
        Assert.Null(_transport.NextFailure);
        Assert.Equal(1, _transport.Connects[_masters[_first].Port]);
    }

    [Fact]
    public async Task FindManifestAsync_OneLacksItOrIsSilent_TheOtherAnswers()
    {
        var source = new MasterManifestSource(_owners, TimeSpan.FromMilliseconds(50), TimeProvider.System);
        var empty = new FarSource();
        await ServeAsync(_first, empty);
        await ServeAsync(1 - _first, _held[1 - _first]);

        Assert.Equal(_file.Id, (await source.FindManifestAsync(_file.Id))?.File);

        empty.Close();
        Assert.Equal(_file.Id, (await source.FindManifestAsync(_file.Id))?.File);
        empty.Open();

        Assert.Null(await source.FindManifestAsync(TestFile.Create(seed: 32, 5).Id));
    }

    [Fact]
    public async Task FindManifestAsync_NoneInReach_Throws()
    {
        var source = new MasterManifestSource(_owners, _hedge, TimeProvider.System);

        await Assert.ThrowsAsync<IOException>(async () => await source.FindManifestAsync(_file.Id));
    }

    private static NodeAddress Address(int number) =>
        new(new PeerId((UInt128)number << 100), "127.0.0.1", 1000 + number);

    private async Task ServeBothAsync()
    {
        await ServeAsync(0, _held[0]);
        await ServeAsync(1, _held[1]);
    }

    private async Task ServeAsync(int master, IChunkSource chunks)
    {
        var manifests = chunks as IManifestSource ?? _held[master];
        var server = new ChunkServer(
            new ChunkServerBackend(chunks, manifests),
            new AccessGate(null),
            new ChunkServerOptions { DrainTimeout = TimeSpan.FromMilliseconds(200) },
            TimeProvider.System,
            NullLogger<ChunkServer>.Instance);
        var listener = await new MemoryTransport(_network, _masters[master].Id).ListenAsync(
            new IPEndPoint(IPAddress.Loopback, _masters[master].Port));
        _listeners.Add(listener);
        _serving.Add(server.RunAsync(listener, _stopping.Token));
    }

    private async Task ReadRightAsync(uint first, uint count)
    {
        var source = new MasterChunkSource(_owners, new FarSource(_file), _hedge, TimeProvider.System);
        for (var next = first; next < first + count;)
        {
            var deadline = TimeProvider.System.GetInstant() + TimeSpan.FromSeconds(20);
            var request = new ChunkRequest(_file.Id, next, first + count - next, RequestPriority.Playing, deadline);
            var result = await source.ReadAsync(request, _bytes);
            Assert.Equal(ChunkReadStatus.Found, result.Status);
            Assert.Equal(Tier.Master, result.Tier);
            for (var at = 0; at < result.Length; at += Manifest.ChunkSize, next++)
                Assert.Equal(_file.Bytes(next), _bytes.AsMemory(at, _file.Manifest.LengthOf(next)));
        }
    }

    /// <summary>Gives every chunk with one bit wrong.</summary>
    private sealed class AlteringSource(IChunkSource source) : IChunkSource
    {
        public ValueTask<ChunkReadResult> ReadAsync(
            in ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken = default) =>
            AlterAsync(request, destination, cancellationToken);

        private async ValueTask<ChunkReadResult> AlterAsync(
            ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken)
        {
            var result = await source.ReadAsync(request, destination, cancellationToken);
            destination.Span[100] ^= 1;
            return result;
        }
    }
}
