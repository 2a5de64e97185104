using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Core.Actions;

/// <summary>Asks which chunks of a file the cache holds. Answer: <see cref="PresenceKnown"/>.</summary>
/// <param name="Play">The play it is for.</param>
/// <param name="File">The file.</param>
/// <param name="Chunks">How many the file has.</param>
public readonly record struct AskPresence(PlayId Play, FileId File, uint Chunks) : IClientAction
{
    int IClientAction.Kind => 4;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Chunks.AskPresence(this);
}
