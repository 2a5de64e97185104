using SpotifyCore.Client.Keeping;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Core;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Client.Access;

/// <summary>
/// Who is logged in, over restarts too, and what passes between the access point and the core beside tracks. Safe for
/// many threads; what it hears goes to the loop.
/// </summary>
internal sealed class LoginSession(
    AccessPointClient link, KeptSession? kept, OwnPlace place, LoopContext context, ClientRuntime runtime)
    : IPresenceListener
{
    /// <inheritdoc/>
    public OwnPlace Place => place;

    /// <summary>Called whenever the client has come online; on any thread.</summary>
    public Action? CameOnline { get; set; }

    /// <summary>Goes on with the session of an earlier run, if one was kept.</summary>
    /// <returns>True when there was one.</returns>
    public bool Resume()
    {
        if (kept?.Find() is not { } session)
            return false;

        link.Resume(session.Name, session.Token, this);
        return true;
    }

    /// <summary>Logs in and goes online.</summary>
    public async Task LogInAsync(string name, string password, CancellationToken cancellationToken)
    {
        var login = await link.LogInAsync(name, password, this, cancellationToken);
        kept?.Keep(login.Name, login.Token);
    }

    /// <summary>As the other, with what a provider has said.</summary>
    public async Task LogInAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        var login = await link.LogInAsync(request, this, cancellationToken);
        kept?.Keep(login.Name, login.Token);
    }

    /// <summary>Goes offline and ends the session.</summary>
    public async Task LogOutAsync()
    {
        kept?.Clear();
        if (!await link.LogOutAsync())
            ClientLog.LogOutUnheard(context.Logger);
    }

    /// <inheritdoc/>
    public void Welcomed(Welcome welcome)
    {
        place.SeenAt(welcome.SeenHost);

        // Production is connected as soon as the client is online, before anybody asks for a track.
        context.Loop.Post(runtime, new NodesKnown(WireAddresses.Of(welcome.Nodes)));
        CameOnline?.Invoke();
    }

    /// <inheritdoc/>
    public void ReverseAsked(Peer peer)
    {
        if (WireAddresses.Of(peer, place) is not { Id: { } id } address)
            return;

        ClientLog.ReverseAsked(context.Logger, id);
        context.Loop.Post(runtime, new ReverseRequested(address));
    }

    /// <inheritdoc/>
    public void PlayingTaken(string device)
    {
        link.NoteTaken(device);
        context.Loop.Post(runtime, new StreamTaken());
    }

    /// <inheritdoc/>
    public void SessionEnded(string reason)
    {
        ClientLog.SessionEnded(context.Logger, reason);
        link.NoteEnded();
        kept?.Clear();
    }
}
