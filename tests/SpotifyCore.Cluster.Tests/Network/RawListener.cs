using Google.Protobuf;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Login;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Cluster.Tests.Network;

/// <summary>A listener who speaks the protocols by hand, and so may do what no client does.</summary>
internal sealed class RawListener : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private RawListener(TestCluster cluster) =>
        Channel = new EndpointChannel(new EndpointChannelOptions { Address = cluster.AccessPointUrl });

    public NodeIdentity Identity { get; } = NodeIdentity.Create();

    /// <summary>The access point, under this listener's session if it has one.</summary>
    public EndpointChannel Channel { get; }

    /// <summary>The ticket of its login.</summary>
    public byte[] Ticket { get; private set; } = [];

    /// <summary>Opens no session.</summary>
    public static RawListener Stranger(TestCluster cluster) => new(cluster);

    public static async Task<RawListener> LogInAsync(TestCluster cluster, string account)
    {
        var listener = new RawListener(cluster);
        var request = new LoginRequest
        {
            Name = account,
            Password = TestCluster.Password,
            PeerKey = ByteString.CopyFrom(listener.Identity.ExportPublicKey()),
        };
        var reply = await listener.Channel.AccessPoint().LogInAsync(
            request, challenge => KeyProof.Sign(listener.Identity, challenge, account));
        listener.Channel.Session = reply.Session;
        listener.Ticket = reply.Ticket.Ticket_.ToByteArray();
        return listener;
    }

    public Task<OpenedTrack> OpenAsync(TrackId track, int bitsPerSecond = 160_000)
    {
        var request = new OpenTrackRequest
        {
            Track = track.ToString(), BitsPerSecond = bitsPerSecond, Reason = OpenReason.Wanted,
        };
        return Channel.AccessPoint().OpenTrackAsync(request).ResponseAsync;
    }

    /// <summary>The manifest in an answer.</summary>
    public static Manifest ManifestOf(OpenedTrack opened)
    {
        Assert.True(ManifestReader.TryRead(opened.Manifest.Span, FileId.Read(opened.File.Span), out var manifest));
        return manifest;
    }

    /// <summary>Connects to a node or peer with a ticket.</summary>
    public async Task<ChunkClient> ConnectAsync(NodeAddress to, byte[] ticket) =>
        await ChunkClient.ConnectAsync(new TlsTransport(Identity, new TransportOptions()), to, ticket);

    /// <summary>Reads one sealed chunk, checked, from what a node has itself; null when it has no right one.</summary>
    public async Task<byte[]?> ReadAsync(NodeAddress from, Manifest manifest, uint index)
    {
        await using var client = await ConnectAsync(from, Ticket);
        var holding = await client.HoldsAsync(manifest.File);
        return holding == HaveKind.None ? null : await ReadAsync(client, manifest, index);
    }

    /// <summary>Reads a whole sealed file from a node that must have it.</summary>
    public async Task<byte[]> ReadAsync(NodeAddress from, Manifest manifest)
    {
        await using var client = await ConnectAsync(from, Ticket);
        using var file = new MemoryStream();
        for (uint i = 0; i < manifest.ChunkCount; i++)
            file.Write(await ReadAsync(client, manifest, i));

        Assert.Equal(manifest.Length, file.Length);
        return file.ToArray();
    }

    public void Dispose()
    {
        Channel.Dispose();
        Identity.Dispose();
    }

    private static async Task<byte[]?> ReadAsync(ChunkClient client, Manifest manifest, uint index)
    {
        var chunk = new byte[Manifest.ChunkSize];
        var deadline = TimeProvider.System.GetInstant() + Patience;
        var request = new ChunkRequest(manifest.File, index, 1, RequestPriority.Playing, deadline, LocalOnly: true);
        var result = await client.ReadAsync(request, manifest, chunk);
        return result.Status == ChunkReadStatus.Found ? chunk[..result.Length] : null;
    }
}
