using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Protocol.Sessions;

/// <summary>What the far side may ask, until when.</summary>
internal readonly record struct RemoteAccess(TicketScope Scope, Instant Expires)
{
    /// <summary>Why a request of this kind is not allowed now, or <see cref="ProtocolCode.None"/>.</summary>
    public ProtocolCode Refuses(PeerMessageKind request, Instant now)
    {
        var needed = request switch
        {
            PeerMessageKind.PutBegin => TicketScope.Import,
            PeerMessageKind.HaveRequest => TicketScope.Fetch | TicketScope.Import,
            PeerMessageKind.ListRequest => TicketScope.Node,
            _ => TicketScope.Fetch,
        };
        if ((Scope & needed) == TicketScope.None)
            return ProtocolCode.NotAllowed;

        return now < Expires ? ProtocolCode.None : ProtocolCode.TicketExpired;
    }
}
