using System.Security.Cryptography;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Serving;

/// <summary>Who may do what, over real TLS.</summary>
public sealed class ChunkServerTicketTests : IAsyncLifetime
{
    private static readonly TestFile File = TestFile.Create(10, Manifest.ChunkSize * 2);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly NodeIdentity _node = NodeIdentity.Create();
    private readonly NodeIdentity _alice = NodeIdentity.Create();
    private readonly NodeIdentity _mallory = NodeIdentity.Create();
    private readonly NodeIdentity _trusted = NodeIdentity.Create();
    private readonly FileShelf _shelf = new FileShelf().With(File);
    private TicketSigner _signer = null!;
    private AccessGate _gate = null!;
    private ServerFixture _server = null!;

    public async Task InitializeAsync()
    {
        _signer = new TicketSigner(_key, 1);
        _gate = new AccessGate(
            new TicketVerifier([new(1, _signer.ExportPublicKey())]), new HashSet<PeerId> { _trusted.Id });
        _server = await ServerFixture.StartAsync(
            new TlsTransport(_node, PatientTransport.Options), _shelf.Backend, _gate, _node.Id);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        foreach (var identity in new[] { _node, _alice, _mallory, _trusted })
            identity.Dispose();

        _key.Dispose();
    }

    [Fact]
    public async Task Connect_OwnTicket_MayFetchAndNotPut()
    {
        await using var client = await ConnectAsync(_alice, Sign(_alice));

        Assert.Equal(ChunkReadStatus.Found, await ReadAsync(client));
        var other = TestFile.Create(11, 1000);
        Assert.Equal(PutOutcome.Refused, await client.PutAsync(other.Manifest, new FileReader(other)));
    }

    [Fact]
    public async Task Connect_TicketCopiedToAnotherClient_IsRefused() =>
        Assert.Equal(ProtocolCode.TicketNotYours, await RefusalAsync(_mallory, Sign(_alice)));

    [Fact]
    public async Task Connect_NoTicket_IsRefused() =>
        Assert.Equal(ProtocolCode.TicketMissing, await RefusalAsync(_mallory, []));

    [Fact]
    public async Task Connect_ExpiredTicket_IsRefused() => Assert.Equal(
        ProtocolCode.TicketExpired, await RefusalAsync(_alice, Sign(_alice, expires: DateTimeOffset.UtcNow)));

    [Fact]
    public async Task Connect_TicketOfAnotherSigner_IsRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = new TicketSigner(
            key, 1).Sign(1, _alice.Id, TicketScope.Fetch, DateTimeOffset.UtcNow.AddMinutes(5));

        Assert.Equal(ProtocolCode.TicketInvalid, await RefusalAsync(_alice, forged));
    }

    [Fact]
    public async Task Connect_ImportScope_MayPutAndNotFetch()
    {
        await using var client = await ConnectAsync(_alice, Sign(_alice, TicketScope.Import));

        var other = TestFile.Create(12, 100_000);
        Assert.Equal(PutOutcome.Stored, await client.PutAsync(other.Manifest, new FileReader(other)));
        Assert.Equal(ChunkReadStatus.Unavailable, await ReadAsync(client));
    }

    [Fact]
    public async Task Connect_TrustedNode_NeedsNoTicket()
    {
        await using var client = await ConnectAsync(_trusted, []);

        Assert.Equal(ChunkReadStatus.Found, await ReadAsync(client));
        var other = TestFile.Create(13, 1000);
        Assert.Equal(PutOutcome.Stored, await client.PutAsync(other.Manifest, new FileReader(other)));
    }

    [Fact]
    public async Task RefreshTicket_WiderScope_IsTaken()
    {
        await using var client = await ConnectAsync(_alice, Sign(_alice));
        client.RefreshTicket(Sign(_alice, TicketScope.Fetch | TicketScope.Import));

        var other = TestFile.Create(14, 1000);
        Assert.Equal(PutOutcome.Stored, await client.PutAsync(other.Manifest, new FileReader(other)));
    }

    [Fact]
    public async Task RefreshTicket_OnAThreadThatServesOthers_IsCheckedOnThePool()
    {
        using var verifier = new TicketVerifier([new(1, _signer.ExportPublicKey())]);
        var isPool = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        verifier.UnknownKey = () => isPool.TrySetResult(Thread.CurrentThread.IsThreadPoolThread);
        await using var server = await ServerFixture.StartAsync(
            new TlsTransport(_node, PatientTransport.Options), _shelf.Backend with { NeverBlocks = true },
            new AccessGate(verifier), _node.Id);
        await using var client = await ChunkClient.ConnectAsync(
            new TlsTransport(_alice, PatientTransport.Options), server.Address, Sign(_alice));
        for (var settled = 0; settled < 10; settled++)
            Assert.Equal(ChunkReadStatus.Found, await ReadAsync(client));

        client.RefreshTicket(new TicketSigner(_key, 2).Sign(
            7, _alice.Id, TicketScope.Fetch, DateTimeOffset.UtcNow.AddMinutes(5)));

        Assert.True(await isPool.Task);
    }

    [Fact]
    public async Task RefreshTicket_SomebodyElses_EndsTheConnection()
    {
        await using var client = await ConnectAsync(_mallory, Sign(_mallory));
        client.RefreshTicket(Sign(_alice));

        await client.Closed;
        Assert.Equal(ProtocolCode.TicketNotYours, client.CloseCode);
    }

    [Fact]
    public async Task Read_TicketExpiredMeanwhile_IsRefusedUntilRefreshed()
    {
        var time = new ManualTimeProvider();
        var day = time.GetUtcNow();
        await using var server = await ServerFixture.StartAsync(
            new TlsTransport(_node, PatientTransport.Options), _shelf.Backend, _gate, _node.Id, null, time);
        var transport = new TlsTransport(_alice, PatientTransport.Options);
        await using var client = await ChunkClient.ConnectAsync(
            transport, server.Address, Sign(_alice, TicketScope.Fetch, day.AddSeconds(20)));
        Assert.Equal(ChunkReadStatus.Found, await ReadAsync(client));

        time.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(ChunkReadStatus.Unavailable, await ReadAsync(client));
        client.RefreshTicket(Sign(_alice, TicketScope.Fetch, day.AddSeconds(60)));
        Assert.Equal(ChunkReadStatus.Found, await ReadAsync(client));
    }

    [Fact]
    public async Task Connect_PlainChannel_TakesNoTicket()
    {
        await using var server = await ServerFixture.StartAsync(
            new TcpTransport(new TransportOptions()), _shelf.Backend, _gate, null);

        var refused = await Assert.ThrowsAsync<ProtocolException>(
            () => ChunkClient.ConnectAsync(server.Transport, server.Address, Sign(_alice)).AsTask());
        Assert.Equal(ProtocolCode.TicketNotYours, refused.Code);
    }

    private byte[] Sign(NodeIdentity holder, TicketScope scope = TicketScope.Fetch, DateTimeOffset? expires = null) =>
        _signer.Sign(7, holder.Id, scope, expires ?? DateTimeOffset.UtcNow.AddMinutes(30));

    private ValueTask<ChunkClient> ConnectAsync(NodeIdentity identity, byte[] ticket) =>
        ChunkClient.ConnectAsync(new TlsTransport(identity, PatientTransport.Options), _server.Address, ticket);

    private async Task<ProtocolCode> RefusalAsync(NodeIdentity identity, byte[] ticket) =>
        (await Assert.ThrowsAsync<ProtocolException>(() => ConnectAsync(identity, ticket).AsTask())).Code;

    private static async Task<ChunkReadStatus> ReadAsync(ChunkClient client)
    {
        var request = new ChunkRequest(File.Id, 0, 1, RequestPriority.Playing, Instant.Never);
        return (await client.ReadAsync(request, File.Manifest, new byte[Manifest.ChunkSize])).Status;
    }
}
