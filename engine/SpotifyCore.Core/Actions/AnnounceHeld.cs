using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Actions;

/// <summary>Tells the tracker that the whole file is held: all its chunks have been stored. No answer.</summary>
/// <param name="File">The file.</param>
/// <param name="Chunks">How many it has.</param>
public readonly record struct AnnounceHeld(FileId File, uint Chunks) : IClientAction
{
    int IClientAction.Kind => 3;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.AccessPoint.AnnounceHeld(this);
}
