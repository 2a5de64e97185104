using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Connections;

/// <summary>What a connection is for: takes what comes. Everything is called within the connection's loop.</summary>
public interface IFrameHandler
{
    /// <summary>False while nothing can be received, whatever it is: the remote peer then waits.</summary>
    bool CanReceive { get; }

    /// <summary>The ticket to show; stays as it is.</summary>
    ReadOnlyMemory<byte> Ticket { get; }

    /// <summary>
    /// False when there is no memory for a message: it stays received, and whoever says so has the connection polled
    /// again once there is.
    /// </summary>
    bool HasRoomFor(in PeerMessage message);

    /// <summary>
    /// Judges the remote peer's ticket, by <see cref="PeerConnection.TicketChecked"/>: at once, or later in the loop,
    /// with <see cref="CanReceive"/> false until then.
    /// </summary>
    /// <param name="ticket">The ticket; valid during the call.</param>
    void CheckTicket(ReadOnlySpan<byte> ticket);

    /// <summary>The hello is done.</summary>
    void Opened();

    /// <summary>Takes a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="place">The place of its request in the session, or -1.</param>
    /// <param name="ends">True when it ends a request that this side made.</param>
    /// <param name="payload">Its payload; valid until more is received: see <see cref="CanReceive"/>.</param>
    void Receive(in PeerMessage message, int place, bool ends, ReadOnlyMemory<byte> payload);

    /// <summary>The connection is over but for its last bytes; nothing is received any more.</summary>
    /// <param name="code">Why.</param>
    /// <param name="isFault">True when the remote peer broke a rule.</param>
    void Closed(ProtocolCode code, bool isFault);
}
