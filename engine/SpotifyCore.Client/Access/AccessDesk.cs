using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Shell;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Access;

/// <summary>
/// Who is logged in, over restarts too, and what passes between the access point and the core beside tracks. Safe for
/// many threads; what it hears goes to the loop.
/// </summary>
internal sealed class AccessDesk(AccessPointLink link, KeptSession? kept, OwnPlace place, ShellGround ground)
    : ISessionNews
{
    /// <summary>Hands events over; set once, before going online.</summary>
    public CoreDriver Driver { private get; set; } = null!;

    /// <summary>Hears under which address the access point sees this client; set once.</summary>
    public Action<string> SeenAt { private get; set; } = static _ => { };

    /// <summary>Called on the loop whenever the client has come online; set once.</summary>
    public Action Online { private get; set; } = static () => { };

    /// <summary>Goes on with the session of an earlier run, if one was kept.</summary>
    /// <returns>True when there was one.</returns>
    public bool Resume()
    {
        link.News = this;
        if (kept?.Find() is not { } session)
            return false;

        link.Resume(session.Name, session.Token);
        return true;
    }

    /// <summary>Logs in and goes online.</summary>
    public async Task LogInAsync(string name, string password, CancellationToken cancellationToken)
    {
        var token = await link.LogInAsync(name, password, cancellationToken);
        kept?.Keep(name, token);
    }

    /// <summary>Goes offline and ends the session.</summary>
    public async Task LogOutAsync()
    {
        kept?.Clear();
        if (!await link.LogOutAsync())
            ClientLog.LogOutUnheard(ground.Logger);
    }

    /// <summary>Passes on what the core wants of the access point.</summary>
    public void Carry(in ClientAction action)
    {
        if (action.Kind == ClientActionKind.AskReverse)
            link.AskReverse(action.Peer);
        else
            link.Report(action.Peer, FaultOf(action.Reason));
    }

    /// <inheritdoc/>
    public void Welcomed(Welcome welcome)
    {
        SeenAt(welcome.SeenHost);

        // Production is connected as soon as the client is online, before anybody asks for a track.
        ground.Loop.Post(new RaisedEvent(Driver, ClientEvent.NodesKnown(WireAddresses.Of(welcome.Nodes))));
        ground.Loop.Post(new PostedAction(() => Online()));
    }

    /// <inheritdoc/>
    public void ReverseAsked(Peer peer)
    {
        if (WireAddresses.Of(peer, place) is not { Id: { } id } address)
            return;

        ClientLog.ReverseAsked(ground.Logger, id);
        ground.Loop.Post(new RaisedEvent(Driver, ClientEvent.ReverseAsked(address)));
    }

    /// <inheritdoc/>
    public void SessionEnded(string reason)
    {
        ClientLog.SessionEnded(ground.Logger, reason);
        link.Forget();
        kept?.Clear();
    }

    private static PeerFault FaultOf(CloseReason reason) => reason switch
    {
        CloseReason.WrongChunk => PeerFault.WrongChunk,
        CloseReason.Flooded => PeerFault.BrokeProtocol,
        _ => PeerFault.Unknown,
    };
}
