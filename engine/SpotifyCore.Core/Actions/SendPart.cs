using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Actions;

/// <summary>Tells a peer which chunks of a part of a file are held. No answer.</summary>
/// <param name="Connection">Which connection.</param>
/// <param name="Request">The request it answers; 0 for one that comes unasked.</param>
/// <param name="File">The file.</param>
/// <param name="Chunks">How many the file has.</param>
/// <param name="Present">A bit for each, the lowest first. The runtime's from here on.</param>
public readonly record struct SendPart(
    ConnectionId Connection, uint Request, FileId File, uint Chunks, ulong[] Present) : IClientAction
{
    int IClientAction.Kind => 21;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Network.SendPart(this);
}
