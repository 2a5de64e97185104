using System.Diagnostics;
using System.Globalization;
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

namespace SpotifyCore.Micro.Uploads;

/// <summary>
/// A listener who takes a track from a desktop over and over, by TLS, and states the CPU that this costs the desktop.
/// </summary>
internal static class UploadTaker
{
    private const int Readers = 8;
    private const uint Range = 4;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    /// <summary>Takes it for so many seconds.</summary>
    /// <param name="accessPoint">Where to log in, as <paramref name="name"/> with the password of the environment.</param>
    /// <param name="name">The account.</param>
    /// <param name="title">Finds the track, which the desktop, and nobody else, holds whole.</param>
    /// <param name="process">The desktop's process.</param>
    /// <param name="seconds">How long.</param>
    public static async Task<int> RunAsync(
        string accessPoint, string name, string title, string process, string seconds)
    {
        using var identity = NodeIdentity.Create();
        var (ticket, manifest, desktop) = await OpenAsync(accessPoint, name, title, identity);
        var options = new ChunkClientOptions { Role = PeerRole.Peer, RequestLimit = Readers };
        await using var client = await ChunkClient.ConnectAsync(
            new TlsTransport(identity, new TransportOptions()), desktop, ticket, options);
        if (await client.HoldsAsync(manifest.File) != HaveKind.Whole)
            throw new InvalidOperationException("The desktop does not hold it.");

        await TakeAsync(client, manifest, WarmUp);
        using var giver = Process.GetProcessById(int.Parse(process, CultureInfo.InvariantCulture));
        var before = giver.TotalProcessorTime;
        var began = Stopwatch.GetTimestamp();
        var bytes = await TakeAsync(
            client, manifest, TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
        giver.Refresh();
        var spent = giver.TotalProcessorTime - before;
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine(
            $"{bytes / 1e6:F0} MB in {took:F1} s, {bytes / took / 1e6:F0} MB/s; the desktop spent "
            + $"{spent.TotalSeconds:F2} CPU-s, {spent.TotalSeconds / bytes * 1e9:F2} a GB");
        return 0;
    }

    private static async Task<(ReadOnlyMemory<byte> Ticket, Manifest Manifest, NodeAddress Desktop)> OpenAsync(
        string accessPoint, string name, string title, NodeIdentity identity)
    {
        using var channel = new EndpointChannel(new EndpointChannelOptions { Address = accessPoint });
        var client = new AccessPoint.AccessPointClient(channel);
        var request = new LoginRequest
        {
            Name = name,
            Password = await PasswordInput.ReadAsync(CancellationToken.None),
            PeerKey = ByteString.CopyFrom(identity.ExportPublicKey()),
            Role = LoginRoles.Listener,
        };
        var login = await client.LogInAsync(request, challenge => KeyProof.Sign(identity, challenge, name));
        channel.Session = login.Session;
        var found = await client.SearchAsync(new SearchRequest { Query = title });
        var opened = await client.OpenTrackAsync(new OpenTrackRequest { Track = found.Tracks[0].Track_, Reason = OpenReason.Wanted });
        var peer = opened.Peers.Single();
        return ManifestReader.TryRead(opened.Manifest.Span, out var manifest)
            ? (login.Ticket.Ticket_.Memory, manifest, new NodeAddress(PeerId.Read(peer.Id.Span), peer.Host, peer.Port))
            : throw new InvalidDataException(title);
    }

    private static async Task<long> TakeAsync(ChunkClient client, Manifest manifest, TimeSpan span)
    {
        var end = TimeProvider.System.GetInstant() + span;
        var taken = await Task.WhenAll(
            Enumerable.Range(0, Readers).Select(reader => ReadAsync(client, manifest, (uint)reader, end)));
        return taken.Sum();
    }

    private static async Task<long> ReadAsync(ChunkClient client, Manifest manifest, uint reader, Instant end)
    {
        var buffer = new byte[Range * Manifest.ChunkSize];
        var bytes = 0L;
        for (var at = reader * Range; TimeProvider.System.GetInstant() < end; at += Readers * Range)
        {
            var first = at % (manifest.ChunkCount - Range);
            var request = new ChunkRequest(
                manifest.File, first, Range, RequestPriority.Playing, Instant.Never, LocalOnly: true);
            var result = await client.ReadAsync(request, buffer);
            bytes += result.Length;
            if (result.Status == ChunkReadStatus.Busy)
                await Task.Delay(10);
            else if (result.Status != ChunkReadStatus.Found)
                throw new IOException($"{result.Status} {client.CloseCode}");
        }

        return bytes;
    }
}
