using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Backend.Services;

/// <summary>Takes what an online client says.</summary>
internal sealed class PresenceNotices(
    PeerDirectory peers, AccountStreams streams, CatalogueReader catalogue, TimeProvider time)
{
    private static readonly TimeSpan FirstNoticeTime = TimeSpan.FromSeconds(10);

    /// <summary>Takes the first notice, which says that the client is online.</summary>
    /// <exception cref="RpcException">It is another, or does not come in time.</exception>
    public async Task<ClientOnline> ReadOnlineAsync(
        IAsyncStreamReader<ClientNotice> reader, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(FirstNoticeTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            var first = await reader.MoveNext(either.Token) ? reader.Current.Online : null;
            return first ?? throw CallFailure.Of(
                StatusCode.InvalidArgument, "The first notice must be 'online'.");
        }
        catch (OperationCanceledException) when (
            patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw CallFailure.Of(StatusCode.DeadlineExceeded, "The notice 'online' did not come in time.");
        }
    }

    /// <summary>Takes all of it, until the last or cancelled.</summary>
    /// <exception cref="RpcException">A notice makes no sense.</exception>
    public async Task TakeAsync(
        IAsyncStreamReader<ClientNotice> reader, LivePresence presence, CancellationToken cancellation)
    {
        try
        {
            while (await reader.MoveNext(cancellation))
                Take(reader.Current, presence);
        }
        finally
        {
            streams.Stop(presence);
        }
    }

    /// <summary>A port as a client states it.</summary>
    /// <exception cref="RpcException">It is none.</exception>
    public static int ReadPort(int port) => port is >= 0 and <= System.Net.IPEndPoint.MaxPort
        ? port
        : throw CallFailure.Of(StatusCode.InvalidArgument, "The listen port must be 0 to 65535.");

    private void Take(ClientNotice notice, LivePresence presence)
    {
        switch (notice.NoticeCase)
        {
            case ClientNotice.NoticeOneofCase.Playing:
                if (notice.Playing.Playing)
                    streams.Play(presence, notice.Playing.Resumed);
                else
                    streams.Stop(presence);
                break;
            case ClientNotice.NoticeOneofCase.Online:
                throw CallFailure.Of(StatusCode.InvalidArgument, "The client is online already.");

            // What a phone says of the swarm, or who has no plan, is passed over: they are none of it.
            case var _ when presence.UsesPeers:
                TakeOfSwarm(notice, presence);
                break;
        }
    }

    private void TakeOfSwarm(ClientNotice notice, LivePresence presence)
    {
        switch (notice.NoticeCase)
        {
            case ClientNotice.NoticeOneofCase.Held:
                NoteHeld(presence.Peer, ReadFile(notice.Held.File));
                break;
            case ClientNotice.NoticeOneofCase.Dropped:
                peers.Dropped(presence.Peer, ReadFile(notice.Dropped.File));
                break;
            case ClientNotice.NoticeOneofCase.Reverse:
                peers.AskReverse(presence, ReadPeer(notice.Reverse.Peer));
                break;
            case ClientNotice.NoticeOneofCase.Report:
                peers.Report(presence, ReadPeer(notice.Report.Peer), notice.Report.Fault);
                break;
            case ClientNotice.NoticeOneofCase.Port:
                peers.Move(presence, ReadPort(notice.Port.ListenPort));
                break;
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
        : throw CallFailure.Of(StatusCode.InvalidArgument, $"A file id has {FileId.Size} bytes.");

    private static PeerId ReadPeer(ByteString peer) => peer.Length == PeerId.Size
        ? PeerId.Read(peer.Span)
        : throw CallFailure.Of(StatusCode.InvalidArgument, $"A peer id has {PeerId.Size} bytes.");
}
