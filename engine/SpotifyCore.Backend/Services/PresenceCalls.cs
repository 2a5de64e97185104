using System.Net;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Logging;
using SpotifyCore.Backend.Tracking;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Protocol.Transports.Sockets;

namespace SpotifyCore.Backend.Services;

/// <summary>Being online: one stream a client, whose end is how its leaving is known.</summary>
internal sealed class PresenceCalls(
    PeerDirectory peers,
    NodeDirectory nodes,
    PresenceNotices notices,
    PresenceTickets tickets,
    ILogger<PresenceCalls> logger)
{
    private const int MaxSiteLength = 64;
    private const int MaxLanHosts = 8;

    public async Task RunAsync(
        IAsyncStreamReader<ClientNotice> reader, IServerStreamWriter<ServerNotice> writer, ServerCallContext call)
    {
        var session = CallerGate.SessionOf(call);
        var online = await notices.ReadOnlineAsync(reader, call.CancellationToken);
        var place = PlaceOf(online, call.GetHttpContext().Connection.RemoteIpAddress);
        using var presence = peers.Arrive(session, place)
            ?? throw CallFailure.Of(StatusCode.ResourceExhausted, "Too many clients are online.");

        logger.ClientOnline(session.Peer, place.Host, place.Port, place.Site);
        try
        {
            tickets.Begin(presence);
            var welcome = new Welcome { SeenHost = place.Host, Keys = tickets.Keys };
            welcome.Nodes.AddRange(nodes.StorageFor(place.Site));
            await writer.WriteAsync(new ServerNotice { Welcome = welcome }, call.CancellationToken);
            await ServeAsync(reader, writer, presence, call.CancellationToken);
        }
        finally
        {
            peers.Leave(presence);
            logger.ClientOffline(session.Peer);
        }
    }

    private static ClientPlace PlaceOf(ClientOnline online, IPAddress? remote)
    {
        var port = PresenceNotices.ReadPort(online.ListenPort);
        if (online.Site.Length > MaxSiteLength)
            throw CallFailure.Of(StatusCode.InvalidArgument, $"The site is over {MaxSiteLength} characters.");

        return new ClientPlace(SessionOrigin.AddressOf(remote), port, online.Site, Lan: LanOf(online));
    }

    /// <summary>What a client says of its own networks; nobody can be sent beyond such a network by it.</summary>
    private static LanPlace? LanOf(ClientOnline online)
    {
        if (online.LanHosts.Count == 0)
            return null;

        if (online.LanHosts.Count > MaxLanHosts || online.LanPort == 0 || !online.LanHosts.All(IsOfLan))
        {
            throw CallFailure.Of(
                StatusCode.InvalidArgument,
                $"The LAN hosts must be at most {MaxLanHosts} private addresses and a port.");
        }

        return new LanPlace([.. online.LanHosts], PresenceNotices.ReadPort(online.LanPort));
    }

    private static bool IsOfLan(string host) =>
        PrivateNetwork.Contains(host) && !IPAddress.IsLoopback(IPAddress.Parse(host));

    private async Task ServeAsync(
        IAsyncStreamReader<ClientNotice> reader, IServerStreamWriter<ServerNotice> writer, LivePresence presence,
        CancellationToken cancellation)
    {
        // Any of them ends the others: the client's last notice, a session that has run out, or was ended.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, presence.Ended);
        Task[] parts =
        [
            notices.TakeAsync(reader, presence, ending.Token),
            tickets.PushAsync(presence, ending.Token),
            presence.SendAsync(writer, ending.Token),
        ];
        var first = await Task.WhenAny(parts);
        await ending.CancelAsync();
        await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (presence.Ended.IsCancellationRequested)
        {
            throw CallFailure.Of(
                StatusCode.Unauthenticated, "Log in again: the session was ended, or the client came online anew.");
        }

        await first;
    }
}
