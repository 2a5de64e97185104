using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Actions;

/// <summary>
/// Asks the access point to have a peer connect to this client, which could not reach it. What comes of it is an
/// incoming connection, or nothing.
/// </summary>
/// <param name="Peer">The peer.</param>
public readonly record struct AskReverse(PeerId Peer) : IClientAction
{
    int IClientAction.Kind => 10;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.AccessPoint.AskReverse(this);
}
