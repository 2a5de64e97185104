using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Simulation.Network;

/// <summary>
/// One side's end of a connection, with the real session of its rules. What production's channel does with bytes is
/// done here with messages.
/// </summary>
internal sealed class ConnectionEnd
{
    /// <summary>What can't arrive while the network is divided.</summary>
    public HeldChain AtLine = HeldChain.Nothing;

    /// <summary>What has arrived and waits for the machine to wake.</summary>
    public HeldChain AtHost = HeldChain.Nothing;

    public ConnectionEnd(SimHost host, ConnectionId id, PeerSessionOptions options, bool initiator, long halfTrip)
    {
        (Host, Id, HalfTrip) = (host, id, halfTrip);
        Session = new PeerSession(options, initiator);
        Lane = new SendLane(this);
    }

    /// <summary>Whose end it is.</summary>
    public SimHost Host { get; }

    /// <summary>Names the connection to the host's core.</summary>
    public ConnectionId Id { get; }

    /// <summary>Ticks that a message is on its way.</summary>
    public long HalfTrip { get; }

    /// <summary>The rules of the connection.</summary>
    public PeerSession Session { get; }

    /// <summary>What is sent.</summary>
    public SendLane Lane { get; }

    /// <summary>The other end.</summary>
    public ConnectionEnd Peer { get; set; } = null!;

    /// <summary>What the host keeps for it.</summary>
    public object? State { get; set; }

    /// <summary>Messages that pass the line in, or wait for the machine to wake.</summary>
    public int Passing { get; set; }

    /// <summary>When the last of them is through: nothing passes it.</summary>
    public long LastPassed { get; set; }

    /// <summary>The place, in the session, of the request that the message being delivered is about.</summary>
    public int DeliveredPlace { get; private set; }

    /// <summary>True once the hellos have been exchanged.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>When that was.</summary>
    public Instant OpenedAt { get; private set; }

    /// <summary>True once this side has ended it.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>True when this side is gone without a word.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Begins the hello.</summary>
    public void Start()
    {
        var actions = Host.Network.Sending;
        Session.Start(Host.Time.Now, actions);
        Act(actions, default);
    }

    /// <summary>
    /// Sends a message of the owner; false when the session does not take it. A chunk needs a lane that is not busy.
    /// </summary>
    public bool Send(in PeerMessage message, object? payload = null, bool wrong = false)
    {
        if (IsClosed)
            return false;

        var actions = Host.Network.Sending;
        var sent = Session.Send(message, actions);
        Act(actions, new Parcel { Payload = payload, IsWrong = wrong });
        return sent;
    }

    /// <summary>
    /// Begins to send a chunk in pieces, as a client does: the session is asked for the first now, and for the rest
    /// once they have left (<see cref="EndChunk"/>), so that a request may be given up between. False as for
    /// <see cref="Send"/>.
    /// </summary>
    public bool BeginChunk(in PeerMessage chunk)
    {
        if (IsClosed || !Session.Send(PieceOf(chunk, 0, FirstOf(chunk)), Host.Network.Sending))
            return false;

        Host.Network.Sending.Clear();
        Lane.SendChunk(new Parcel { Message = chunk });
        return true;
    }

    /// <summary>The chunk that was begun has left.</summary>
    public void EndChunk(in PeerMessage chunk)
    {
        if (FirstOf(chunk) < (int)chunk.Length)
            Session.Send(PieceOf(chunk, FirstOf(chunk), (int)chunk.Length), Host.Network.Sending);

        Host.Network.Sending.Clear();
    }

    /// <summary>A message came.</summary>
    public void Receive(in Parcel parcel)
    {
        if (IsClosed)
            return;

        if (parcel.Message.Kind == PeerMessageKind.None)
        {
            End(misbehaved: false, tell: false);
            return;
        }

        var network = Host.Network;
        try
        {
            Session.Receive(parcel.Message, Host.Time.Now, network.Taking);
            Act(network.Taking, parcel);
        }
        catch (ProtocolException broken)
        {
            network.Taking.Clear();
            NoteBroken(broken.Code, parcel.Message.Kind);
            Session.Fail(broken.Code, network.Sending);
            Act(network.Sending, default);
            End(misbehaved: true, tell: true);
        }
    }

    /// <summary>Lets the session notice that time has passed.</summary>
    public void Wake(Instant now)
    {
        if (IsClosed || now < Session.NextWake)
            return;

        var actions = Host.Network.Sending;
        Session.Wake(now, actions);
        Act(actions, default);
    }

    /// <summary>Takes no new requests, says so, and ends once those in flight have.</summary>
    public void Drain()
    {
        if (IsClosed)
            return;

        var actions = Host.Network.Sending;
        Session.Drain(ProtocolCode.GoingAway, actions);
        Act(actions, default);
    }

    /// <summary>Ends it after what was sent before; the owner hears nothing more of it.</summary>
    public void Close()
    {
        if (IsClosed)
            return;

        Detach(silent: false);
        Lane.Send(default);
    }

    /// <summary>Ends it without a word: the machine is gone.</summary>
    public void Lose()
    {
        if (IsClosed)
            return;

        IsLost = true;
        Detach(silent: true);
    }

    private static PeerMessage PieceOf(in PeerMessage chunk, int from, int to) =>
        PeerMessage.ChunkPiece(chunk.Request, chunk.Chunk, Tier.Peers, (uint)from, (uint)chunk.Length, to - from);

    private int FirstOf(in PeerMessage chunk) => (int)Math.Min(Host.Network.Options.PieceBytes, chunk.Length);

    // The parcel is the one being received or sent: its payload goes with what is about it.
    private void Act(SessionActions actions, Parcel parcel)
    {
        for (var i = 0; i < actions.Count; i++)
        {
            var action = actions[i];
            switch (action.Kind)
            {
                case SessionActionKind.Send when action.Message.Kind == PeerMessageKind.ChunkData:
                    Lane.SendChunk(parcel with { Message = action.Message });
                    break;
                case SessionActionKind.Send:
                    Lane.Send(parcel with { Message = action.Message });
                    break;
                case SessionActionKind.CheckTicket:
                    Session.TicketChecked(ProtocolCode.None, TicketScope.Fetch | TicketScope.Peers, Instant.Never, actions);
                    break;
                case SessionActionKind.Opened:
                    (IsOpen, OpenedAt) = (true, Host.Time.Now);
                    Host.Opened(this);
                    break;
                case SessionActionKind.Deliver:
                    DeliveredPlace = action.Place;
                    Host.Received(this, parcel with { Message = action.Message });
                    break;
                case SessionActionKind.Close:
                    End(misbehaved: false, tell: true);
                    break;
            }
        }

        actions.Clear();
    }

    /// <summary>The session found that the remote peer broke the protocol: honest ones never do.</summary>
    private void NoteBroken(ProtocolCode code, PeerMessageKind by)
    {
        if (Peer.Host.IsHonest)
            Host.Network.Violations.Broken(
                Peer.Host.Number, $"broke the protocol to host {Host.Number}: {code} by {by}");
    }

    private void End(bool misbehaved, bool tell)
    {
        if (IsClosed)
            return;

        Detach(silent: false);
        if (tell)
            Lane.Send(default);

        Host.Ended(this, IsOpen, misbehaved);
    }

    private void Detach(bool silent)
    {
        IsClosed = true;
        Lane.Stop(silent);
        Host.Ends.Remove(this);
        Host.Network.Counters.OpenEnds--;
    }
}
