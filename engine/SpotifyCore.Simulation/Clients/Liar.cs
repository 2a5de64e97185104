using SpotifyCore.Protocol.Frames;
using SpotifyCore.Simulation.Network;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Simulation.Clients;

/// <summary>What a lying client answers in place of its core.</summary>
internal static class Liar
{
    /// <summary>True when the message was answered, or is never to be.</summary>
    public static bool Answers(SimClient client, ConnectionEnd end, in PeerMessage message)
    {
        switch (message.Kind)
        {
            case PeerMessageKind.HaveRequest:
                end.Send(PeerMessage.Have(message.Request, message.File, HaveKind.Whole));
                return true;
            case PeerMessageKind.ChunkRequest when client.Spec.Lies == LieKind.WrongHaves:
                end.Send(PeerMessage.NotFound(message.Request, message.Chunk));
                return true;
            case PeerMessageKind.ChunkRequest when client.Spec.Lies == LieKind.WrongBytes:
                SendWrong(client, end, message);
                return true;
            case PeerMessageKind.ChunkRequest:
                return true;
            default:
                return message.Kind == PeerMessageKind.Cancel;
        }
    }

    // One wrong chunk, at the head of the range, is all that an honest peer takes.
    private static void SendWrong(SimClient client, ConnectionEnd end, in PeerMessage message)
    {
        var track = client.Population.Tracks.IndexOf(message.File);
        client.Inbox.PostCached(end.Id, message.Request, track, message.Chunk);
    }
}
