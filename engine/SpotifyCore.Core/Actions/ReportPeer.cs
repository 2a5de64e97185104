using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Actions;

/// <summary>Tells the access point that a peer lied. No answer.</summary>
/// <param name="Peer">The peer.</param>
/// <param name="Reason">How.</param>
public readonly record struct ReportPeer(PeerId Peer, CloseReason Reason) : IClientAction
{
    int IClientAction.Kind => 11;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.AccessPoint.Report(this);
}
