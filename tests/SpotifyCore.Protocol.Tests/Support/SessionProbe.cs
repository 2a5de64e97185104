using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Protocol.Tests.Support;

/// <summary>A session with a clock of its own; every step gives the actions it led to.</summary>
internal sealed class SessionProbe
{
    private readonly SessionActions _actions = new();

    public SessionProbe(bool initiator, PeerSessionOptions? options = null)
    {
        Session = new PeerSession(options ?? new PeerSessionOptions { TakesPuts = true }, initiator);
        Session.Start(Now, _actions);
        Started = Take();
    }

    public PeerSession Session { get; }

    public SessionAction[] Started { get; }

    public Instant Now { get; private set; } = new(TimeSpan.TicksPerDay);

    /// <summary>A session whose hello is done.</summary>
    public static SessionProbe Open(
        bool initiator = false,
        TicketScope scope = TicketScope.Fetch | TicketScope.Import,
        Instant? expires = null,
        PeerSessionOptions? options = null,
        ushort remoteLimit = 64)
    {
        var probe = new SessionProbe(initiator, options);
        probe.Receive(initiator
            ? PeerMessage.HelloReply(1, PeerRole.Node, 0, remoteLimit)
            : PeerMessage.Hello(PeerRole.Peer, 4070, remoteLimit));
        probe.Checked(ProtocolCode.None, scope, expires);
        Assert.Equal(PeerSessionState.Open, probe.Session.State);
        return probe;
    }

    public SessionAction[] Receive(in PeerMessage message)
    {
        Session.Receive(message, Now, _actions);
        return Take();
    }

    public SessionAction[] Checked(ProtocolCode code, TicketScope scope = TicketScope.Fetch, Instant? expires = null)
    {
        Session.TicketChecked(code, scope, expires ?? Instant.Never, _actions);
        return Take();
    }

    /// <summary>What the owner wants sent; null when it was not taken.</summary>
    public SessionAction[]? Send(in PeerMessage message)
    {
        var taken = Session.Send(message, _actions);
        var actions = Take();
        return taken ? actions : null;
    }

    public SessionAction[] Wait(TimeSpan span)
    {
        Now += span;
        Session.Wake(Now, _actions);
        return Take();
    }

    public SessionAction[] Drain(ProtocolCode code)
    {
        Session.Drain(code, _actions);
        return Take();
    }

    public ProtocolCode Breaks(PeerMessage message) =>
        Assert.Throws<ProtocolException>(() => Receive(message)).Code;

    private SessionAction[] Take()
    {
        var taken = _actions.AsSpan().ToArray();
        _actions.Clear();
        return taken;
    }
}
