using System.Net;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Tickets;
using SpotifyCore.Backend.Tracking;
using SpotifyCore.Content.Identity;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Contracts;
using SpotifyCore.Rpc.Serving;

namespace SpotifyCore.Backend.Services;

/// <summary>Being online: one stream a client, whose end is how its leaving is known.</summary>
internal sealed class PresenceCalls(
    PeerDirectory peers, NodeDirectory nodes, CatalogueReader catalogue, PresenceTickets tickets, TimeProvider time,
    ILogger<PresenceCalls> logger)
{
    private const int MaxSiteLength = 64;

    private static readonly TimeSpan FirstNoticeTime = TimeSpan.FromSeconds(10);

    public async Task RunAsync(
        RpcStreamReader<ClientNotice> reader, RpcStreamWriter<ServerNotice> writer, RpcServerCall call)
    {
        var session = CallerGate.SessionOf(call);
        var place = PlaceOf(await ReadOnlineAsync(reader, call), call.RemoteEndPoint);
        if (!peers.TryArrive(session.Peer, place, out var arrival))
            throw new RpcException(RpcStatusCode.ResourceExhausted, "Too many clients are online.");

        logger.ClientOnline(session.Peer, place.Host, place.Port, place.Site);
        try
        {
            var welcome = new Welcome { SeenHost = place.Host };
            welcome.Nodes.AddRange(nodes.StorageFor(place.Site));
            await writer.WriteAsync(new ServerNotice { Welcome = welcome }, call.Cancellation);
            await ServeAsync(reader, writer, session, call.Cancellation);
        }
        finally
        {
            peers.Leave(session.Peer, arrival);
            logger.ClientOffline(session.Peer);
        }
    }

    private static ClientPlace PlaceOf(ClientOnline online, EndPoint? remote)
    {
        if (online.ListenPort is < 0 or > IPEndPoint.MaxPort)
            throw new RpcException(RpcStatusCode.InvalidArgument, "The listen port must be 0 to 65535.");
        if (online.Site.Length > MaxSiteLength)
            throw new RpcException(RpcStatusCode.InvalidArgument, $"The site is over {MaxSiteLength} characters.");

        var address = (remote as IPEndPoint)?.Address ?? IPAddress.Loopback;
        return new ClientPlace(
            (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString(), online.ListenPort, online.Site);
    }

    private async Task<ClientOnline> ReadOnlineAsync(RpcStreamReader<ClientNotice> reader, RpcServerCall call)
    {
        using var patience = new CancellationTokenSource(FirstNoticeTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, call.Cancellation);
        try
        {
            var first = await reader.ReadAsync(either.Token);
            return first?.Online ?? throw new RpcException(
                RpcStatusCode.InvalidArgument, "The first notice must be 'online'.");
        }
        catch (OperationCanceledException) when (
            patience.IsCancellationRequested && !call.Cancellation.IsCancellationRequested)
        {
            throw new RpcException(RpcStatusCode.DeadlineExceeded, "The notice 'online' did not come in time.");
        }
    }

    private async Task ServeAsync(
        RpcStreamReader<ClientNotice> reader, RpcStreamWriter<ServerNotice> writer, Session session,
        CancellationToken cancellation)
    {
        // Either ends the other: the client's last notice, or a session that has run out of tickets.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pushing = tickets.PushAsync(writer, session, ending.Token);
        var noting = NoteAsync(reader, session.Peer, ending.Token);
        var first = await Task.WhenAny(noting, pushing);
        await ending.CancelAsync();
        await Task.WhenAll(noting, pushing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private async Task NoteAsync(RpcStreamReader<ClientNotice> reader, PeerId peer, CancellationToken cancellation)
    {
        while (await reader.ReadAsync(cancellation) is { } notice)
        {
            switch (notice.NoticeCase)
            {
                case ClientNotice.NoticeOneofCase.Held:
                    NoteHeld(peer, ReadFile(notice.Held.File));
                    break;
                case ClientNotice.NoticeOneofCase.Dropped:
                    peers.Dropped(peer, ReadFile(notice.Dropped.File));
                    break;
                case ClientNotice.NoticeOneofCase.Online:
                    throw new RpcException(RpcStatusCode.InvalidArgument, "The client is online already.");
            }
        }
    }

    private void NoteHeld(PeerId peer, FileId file)
    {
        // What is not in the catalogue would only take room in the tracker.
        if (catalogue.HasFile(file))
            peers.Held(peer, file);
    }

    private static FileId ReadFile(ByteString file) => file.Length == FileId.Size
        ? FileId.Read(file.Span)
        : throw new RpcException(RpcStatusCode.InvalidArgument, $"A file id has {FileId.Size} bytes.");
}
