using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Serving;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Wire;

/// <summary>
/// What the specification says of channels and tickets, spoken in bytes to a node over TLS made by hand:
/// <list type="table">
/// <listheader><term>section</term><description>tests</description></listheader>
/// <item><term>Channel</term><description><see cref="Certificate_None_IsHungUpOnWithoutAFrame"/>,
/// <see cref="Certificate_OfAnyNameDateAndUse_IsTaken"/></description></item>
/// <item><term>Tickets, validity</term><description><see cref="Hello_TicketThatIsNotValid_IsRefusedByCode"/>,
/// <see cref="Request_BeyondTheScope_IsNotAllowed"/></description></item>
/// <item><term>a list needs a node's key</term><description><see cref="List_WithoutANodesKey_IsNotAllowed"/></description></item>
/// <item><term>Late tickets</term><description><see cref="Ticket_Late_NewRequestsWaitForARefresh"/>,
/// <see cref="Refresh_Bad_EndsTheConnection"/></description></item>
/// </list>
/// </summary>
public sealed class NodeChannelTests : IAsyncLifetime
{
    private const string Hello = "> 7e000000 0100 00000000  53435031 0100 0200 01 00 0000 4000 {ticket}";
    private const string Reply = "< 08000000 0200 00000000  0200 02 00 0000 4000";

    private static readonly TestFile File = TestFile.Create(70, 5);
    private readonly ManualTimeProvider _time = new();
    private readonly NodeIdentity _node = NodeIdentity.Create();
    private readonly NodeIdentity _alice = NodeIdentity.Create();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly GatedSource _source = new(new FileShelf().With(File));
    private readonly TicketSigner _signer;
    private ServerFixture _server = null!;

    public NodeChannelTests() => _signer = new TicketSigner(_key, 7);

    public async Task InitializeAsync()
    {
        var gate = new AccessGate(new TicketVerifier([new(7, _signer.ExportPublicKey())]));
        var shelf = new FileShelf().With(File);
        _server = await ServerFixture.StartAsync(
            new TlsTransport(_node, PatientTransport.Options), new(_source, shelf, shelf), gate, _node.Id, null, _time);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _node.Dispose();
        _alice.Dispose();
        _key.Dispose();
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Certificate_None_IsHungUpOnWithoutAFrame(SslProtocols version)
    {
        try
        {
            var stream = await RawTls.ConnectAsync(_server.Address.Port, certificate: null, version);
            await using var dialogue = new WireDialogue(stream);
            await dialogue.EndsAsync();
        }
        catch (Exception refused) when (version == SslProtocols.Tls12 && refused is IOException or AuthenticationException)
        {
            // In TLS 1.2 the handshake itself does not end well.
        }
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Certificate_OfAnyNameDateAndUse_IsTaken(SslProtocols version)
    {
        using var odd = RawTls.OddCertificate();
        await using var dialogue = new WireDialogue(
            await RawTls.ConnectAsync(_server.Address.Port, odd, version));
        var id = PeerId.FromPublicKey(odd.PublicKey.ExportSubjectPublicKeyInfo());
        dialogue["ticket"] = _signer.Sign(1, id, TicketScope.Fetch, _time.GetUtcNow().AddMinutes(5));

        await dialogue.SpeakAsync([Hello, Reply]);
    }

    [Theory]
    [InlineData(3, 0, "A ticket is needed.")]
    [InlineData(4, 5, "The ticket is not valid.")]
    [InlineData(5, -1, "The ticket has expired.")]
    [InlineData(5, 66, "The ticket has expired.")]
    [InlineData(6, 5, "The ticket is bound to a key that this channel did not prove.")]
    public async Task Hello_TicketThatIsNotValid_IsRefusedByCode(int code, int minutes, string text)
    {
        await using var dialogue = await DialAsync();
        var holder = code == 6 ? _node.Id : _alice.Id;
        var ticket = _signer.Sign(1, holder, TicketScope.Fetch, _time.GetUtcNow().AddMinutes(minutes));
        ticket[^1] ^= (byte)(code == 4 ? 1 : 0);
        dialogue["ticket"] = ticket;
        dialogue["text"] = Encoding.ASCII.GetBytes(text);
        var hello = code == 3 ? "> 0e000000 0100 00000000  53435031 0100 0200 01 00 0000 4000" : Hello;

        // The request behind the hello is dropped.
        await dialogue.SpeakAsync(
        [
            $"{hello} {AskChunk(1)[1..]}", $"< {2 + text.Length:x2}000000 0300 00000000  {code:x2}00 {{text}}",
        ]);
        await EndsAsync(dialogue);
    }

    [Fact]
    public async Task Request_BeyondTheScope_IsNotAllowed()
    {
        await using var dialogue = await DialAsync();
        dialogue["ticket"] = Ticket(TicketScope.Import, 30);
        dialogue["text"] = "Not allowed by the ticket's scope or the channel's key."u8.ToArray();
        var refused = $"{2 + dialogue["text"].Length:x2}000000 0800";

        await dialogue.SpeakAsync(
        [
            Hello, Reply, AskChunk(1), $"< {refused} 01000000 0700 {{text}}",
            $"> 12000000 0c00 02000000  {Id()} 00 00",
            $"< {refused} 02000000 0700 {{text}}",
            $"> 10000000 1000 03000000  {Id()}",
            $"< 1a000000 1100 03000000  {Id()} 01 00 00000000 00000000",
        ]);
    }

    [Fact]
    public async Task Ticket_Late_NewRequestsWaitForARefresh()
    {
        await using var dialogue = await DialAsync();
        _source.Close(File.Chunk(0));
        dialogue["ticket"] = _signer.Sign(1, _alice.Id, TicketScope.Fetch, _time.GetUtcNow().AddSeconds(20));
        dialogue["chunk"] = File.Bytes(0).ToArray();
        dialogue["text"] = "The ticket has expired."u8.ToArray();
        await dialogue.SpeakAsync([Hello, Reply, AskChunk(1)]);
        await _source.NextAskedAsync();

        _time.Advance(TimeSpan.FromSeconds(21));
        await dialogue.SpeakAsync([AskChunk(2), "< 19000000 0800 02000000  0500 {text}"]);
        _source.Open(File.Chunk(0));
        await dialogue.SpeakAsync(["< 0f000000 0f00 01000000  00000000 0000 0500 03 00 {chunk}"]);
        dialogue["fresh"] = Ticket(TicketScope.Fetch, 30);
        await dialogue.SpeakAsync(
        [
            $"> 70000000 0400 00000000 {{fresh}} {AskChunk(3)[1..]}",
            "< 0f000000 0f00 03000000  00000000 0000 0500 03 00 {chunk}",
        ]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public async Task Refresh_Bad_EndsTheConnection(int code)
    {
        await using var dialogue = await DialAsync();
        dialogue["ticket"] = Ticket(TicketScope.Fetch, 30);
        dialogue["bad"] = code == 3 ? [] : Ticket(TicketScope.Fetch, -1);
        var text = code == 3 ? "A ticket is needed." : "The ticket has expired.";
        dialogue["text"] = Encoding.ASCII.GetBytes(text);

        await dialogue.SpeakAsync(
        [
            Hello, Reply, $"> {dialogue["bad"].Length:x2}000000 0400 00000000 {{bad}}",
            $"< {2 + text.Length:x2}000000 0800 00000000  {code:x2}00 {{text}}",
        ]);
        await EndsAsync(dialogue);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task List_WithoutANodesKey_IsNotAllowed(bool isNode)
    {
        var gate = new AccessGate(
            new TicketVerifier([new(7, _signer.ExportPublicKey())]), new HashSet<PeerId>(isNode ? [_alice.Id] : []));
        await using var server = await ServerFixture.StartAsync(
            new TlsTransport(_node, PatientTransport.Options),
            new ChunkServerBackend(_source, new FileShelf(), Held: new ListedFile(File.Id)), gate, _node.Id, null, _time);
        await using var dialogue = new WireDialogue(
            await RawTls.ConnectAsync(server.Address.Port, _alice.Certificate));

        // No ticket helps, whatever its scope.
        dialogue["ticket"] = Ticket(TicketScope.Fetch | TicketScope.Import, 30);
        dialogue["text"] = "Not allowed by the ticket's scope or the channel's key."u8.ToArray();
        await dialogue.SpeakAsync(
        [
            "> 7e000000 0100 00000000  53435031 0300 0300 01 00 0000 4000 {ticket}",
            "< 08000000 0200 00000000  0300 02 00 0000 4000",
            "> 12000000 1900 01000000  00000000000000000000000000000000 0100",
            isNode ? $"< 11000000 1a00 01000000  00 {Id()}"
                : $"< {2 + dialogue["text"].Length:x2}000000 0800 01000000  0700 {{text}}",
        ]);
    }

    private static string Id()
    {
        var id = new byte[FileId.Size];
        File.Id.Write(id);
        return Convert.ToHexStringLower(id);
    }

    private static string AskChunk(int request) =>
        $"> 1c000000 0e00 {request:x2}000000  {Id()} 00000000 0100 00 00 00000000";

    private byte[] Ticket(TicketScope scope, int minutes) =>
        _signer.Sign(1, _alice.Id, scope, _time.GetUtcNow().AddMinutes(minutes));

    private async Task<WireDialogue> DialAsync() =>
        new(await RawTls.ConnectAsync(_server.Address.Port, _alice.Certificate));

    /// <summary>The node waits a second for this side to close as well.</summary>
    private Task EndsAsync(WireDialogue dialogue) => _time.AdvanceUntilAsync(dialogue.EndsAsync());
}
