using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Core.Actions;

/// <summary>Asks the tracker who has a file. Answer: <see cref="PeersFound"/>, empty on failure.</summary>
/// <param name="File">The file.</param>
public readonly record struct FindPeers(FileId File) : IClientAction
{
    int IClientAction.Kind => 2;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.AccessPoint.FindPeers(this);
}
