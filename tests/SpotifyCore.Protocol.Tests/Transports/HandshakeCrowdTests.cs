using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Transports;

/// <summary>
/// Crowds that connect to a node and don't go through with it, from one to a thousand addresses on real sockets, with an
/// honest listener beside them. The clock stands still, so nobody's time is up unless a test says so.
/// </summary>
public sealed class HandshakeCrowdTests : IAsyncLifetime
{
    private const int Crowd = 240;

    // More than wait to be accepted or admitted.
    private const int Kept = 2_048;
    private readonly ManualTimeProvider _clock = new();
    private readonly NodeIdentity _node = NodeIdentity.Create();
    private readonly NodeIdentity _listener = NodeIdentity.Create();
    private readonly TestFile _file = TestFile.Create(seed: 5, length: 40_000);
    private readonly List<Socket> _crowd = [];
    private ServerFixture _server = null!;

    public Task InitializeAsync() => StartAsync(new TransportOptions { MaxWaitingHandshakes = 64 });

    public async Task DisposeAsync()
    {
        _crowd.ForEach(static socket => socket.Dispose());
        await _server.DisposeAsync();
        _listener.Dispose();
        _node.Dispose();
    }

    [Fact]
    public async Task Connect_SilentCrowd_HonestListenerGetsHisChunks()
    {
        await GatherAsync([]);

        await FetchAsync();

        // Those that were there longest had to go, and for one more each time: 64 and the honest one had room.
        await Eventually.TrueAsync(() => _crowd.Count(IsClosed) >= Crowd - 64);
        Assert.InRange(_crowd.Count(IsClosed), Crowd - 64, Crowd - 63);
    }

    [Fact]
    public async Task Connect_CrowdThatSaysOneByte_HonestListenerGetsHisChunks()
    {
        await GatherAsync([22]);

        await FetchAsync();
    }

    [Fact]
    public async Task Connect_CrowdThatSaysHelloAndNoMore_HonestListenerGetsHisChunks()
    {
        await _server.DisposeAsync();
        await StartAsync(new TransportOptions { HandshakeTimeout = TimeSpan.FromDays(1) });
        await GatherAsync(await ClientHello.MakeAsync());

        // All slots are taken until a second has gone by.
        var fetching = FetchAsync();
        await Eventually.TrueAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            return fetching.IsCompleted;
        });
        await fetching;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connect_OneAddressComesWithoutEnd_HonestListenerGetsHisChunksAtTheFirstTry(bool saysOneByte)
    {
        byte[] saying = saysOneByte ? [22] : [];
        await GatherAsync(saying, addresses: 1);
        using var ending = new CancellationTokenSource();
        var coming = ComeAgainAsync(saying, ending.Token);

        await FetchOnceAsync();

        await ending.CancelAsync();
        await coming;
    }

    [Fact]
    public async Task Connect_MoreHellosThanPlacesFromAsManyAddresses_HonestListenerGetsHisChunks()
    {
        var options = new TransportOptions { MaxWaitingHandshakes = 1_024, HandshakeTimeout = TimeSpan.FromDays(1) };
        await _server.DisposeAsync();
        await StartAsync(options);
        var crowd = options.MaxWaitingHandshakes + options.MaxConcurrentHandshakes;
        var hello = await ClientHello.MakeAsync();
        await GatherAsync(hello, addresses: crowd, count: crowd);
        using var ending = new CancellationTokenSource();
        var refilling = RefillAsync(hello, ending.Token);

        // All slots are taken until a second has gone by.
        var fetching = FetchAsync();
        await Eventually.TrueAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            return fetching.IsCompleted;
        });
        await fetching;
        await ending.CancelAsync();
        await refilling;
    }

    [Fact]
    public async Task Accept_Silent_IsClosedAfterASecond()
    {
        var began = _clock.GetTimestamp();
        var silent = await DialAsync(1);

        _clock.AdvanceToNextTimer();

        Assert.Equal(0, await silent.ReceiveAsync(new byte[1]));
        Assert.Equal(TimeSpan.FromSeconds(1), _clock.GetElapsedTime(began));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0000\u0004\u0002\u0000\u0000\u0000")]
    [InlineData("\u0016\u0003\u0001\u0000\u0000")]
    [InlineData("\u0016\u0003\u0001\u0000\u0004\u0001\u007f\u0000\u0000")]
    public async Task Accept_NoClientHello_IsClosedAtOnce(string said)
    {
        var socket = await DialAsync(1);
        await socket.SendAsync(said.Select(static letter => (byte)letter).ToArray());

        await Eventually.TrueAsync(() => IsClosed(socket));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(16_000)]
    public async Task Accept_ClientHelloInPieces_IsUnderstood(int bytesPerRecord)
    {
        var socket = await DialAsync(1);
        await using var stream = new SslStream(new FragmentingStream(socket, bytesPerRecord));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "spotifycore",
            EnabledSslProtocols = SslProtocols.Tls13,
            ClientCertificateContext = SslStreamCertificateContext.Create(
                _listener.Certificate, additionalCertificates: null, offline: true),
            CertificateChainPolicy = PinnedKey.CreateChainPolicy(),
            RemoteCertificateValidationCallback = (_, shown, _, _) => PinnedKey.IsOf(_node.Id, shown),
        });

        await Eventually.TrueAsync(() => _server.Server.Usage.Accepted == 1);
    }

    // Nothing is to be read from a connection that is open.
    private static bool IsClosed(Socket socket) => socket.Poll(0, SelectMode.SelectRead);

    private async Task StartAsync(TransportOptions options) => _server = await ServerFixture.StartAsync(
        new TlsTransport(_node, options, _clock),
        new FileShelf().With(_file).Backend,
        new AccessGate(null, new HashSet<PeerId> { _listener.Id }),
        _node.Id);

    private async Task GatherAsync(byte[] saying, int addresses = 8, int count = Crowd)
    {
        for (var i = 0; i < count; i++)
            await JoinAsync(2 + (i % addresses), saying);
    }

    /// <summary>
    /// Connects from one address, over and over. Those that had to go long ago are reset, lest all of the address's
    /// ports are taken before the honest one is through.
    /// </summary>
    private async Task ComeAgainAsync(byte[] saying, CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            await JoinAsync(2, saying);
            if (_crowd.Count > Kept)
                _crowd[^Kept].Close(timeout: 0);
        }
    }

    /// <summary>Whoever of the crowd had to go comes again.</summary>
    private async Task RefillAsync(byte[] saying, CancellationToken ending)
    {
        for (var i = 0; !ending.IsCancellationRequested; i = (i + 1) % _crowd.Count)
        {
            // Leaves the processor to those that it is about.
            if (i == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(5), CancellationToken.None);
            if (!IsClosed(_crowd[i]))
                continue;

            _crowd[i].Dispose();
            _crowd[i] = Make(2 + i);
            await JoinAsync(_crowd[i], saying);
        }
    }

    private async Task JoinAsync(int host, byte[] saying)
    {
        var socket = Make(host);
        _crowd.Add(socket);
        await JoinAsync(socket, saying);
    }

    private async Task JoinAsync(Socket socket, byte[] saying)
    {
        await socket.ConnectAsync(IPAddress.Loopback, _server.Address.Port);
        try
        {
            if (saying.Length > 0)
                await socket.SendAsync(saying);
        }
        catch (SocketException)
        {
            // It had to go already.
        }
    }

    private async Task<Socket> DialAsync(int host)
    {
        await JoinAsync(host, []);
        return _crowd[^1];
    }

    private static Socket Make(int host)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(new IPAddress([127, 0, (byte)(host >> 8), (byte)host]), 0));
        return socket;
    }

    // As an honest listener does: one that had to go although he was about to finish comes again.
    private async Task FetchAsync()
    {
        while (true)
        {
            try
            {
                await FetchOnceAsync();
                return;
            }
            catch (IOException)
            {
                // Again.
            }
        }
    }

    private async Task FetchOnceAsync()
    {
        var transport = new TlsTransport(_listener, new TransportOptions { ConnectTimeout = TimeSpan.FromMinutes(1) });
        await using var client = await ChunkClient.ConnectAsync(transport, _server.Address, default);
        var received = new byte[3 * Manifest.ChunkSize];
        var request = new ChunkRequest(
            _file.Id, 0, (ushort)_file.Manifest.ChunkCount, RequestPriority.Playing, Instant.Never);
        var result = await client.ReadAsync(request, _file.Manifest, received);
        Assert.Equal(40_000, result.Length);
        Assert.True(_file.Bytes(0).Span.SequenceEqual(received.AsSpan(0, _file.Bytes(0).Length)));
    }
}
