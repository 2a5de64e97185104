using System.Security.Cryptography;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Node.Tests.Composition;

/// <summary>What an access point is to nodes: a key that signs tickets. And clients that hold such tickets.</summary>
internal sealed class TestTrust : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly List<NodeIdentity> _identities = [];

    /// <summary>The key as nodes are told it.</summary>
    public string KeyOption => $"7:{Convert.ToBase64String(PublicKey)}";

    public byte[] PublicKey => _key.ExportSubjectPublicKeyInfo();

    /// <summary>Connects a client of its own key, with a ticket for that key.</summary>
    public Task<ChunkClient> ConnectAsync(NodeAddress node, TicketScope scope)
    {
        var identity = NewIdentity();
        return ConnectAsync(node, identity, Ticket(identity.Id, scope));
    }

    public async Task<ChunkClient> ConnectAsync(NodeAddress node, NodeIdentity identity, byte[] ticket) =>
        await ChunkClient.ConnectAsync(
            new TlsTransport(identity, new TransportOptions { ConnectTimeout = Patience }, TimeProvider.System),
            node,
            ticket);

    public NodeIdentity NewIdentity()
    {
        var identity = NodeIdentity.Create();
        _identities.Add(identity);
        return identity;
    }

    public byte[] Ticket(PeerId holder, TicketScope scope, TimeSpan? lifetime = null)
    {
        var expires = TimeProvider.System.GetUtcNow() + (lifetime ?? TimeSpan.FromMinutes(30));
        return new TicketSigner(_key, 7).Sign(42, holder, scope, expires);
    }

    public void Dispose()
    {
        foreach (var identity in _identities)
            identity.Dispose();

        _key.Dispose();
    }
}
