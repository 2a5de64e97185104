using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Core.Actions;

/// <summary>
/// Opens a track that is to be kept offline, and its file where it is to lie. Answer: <see cref="KeptOpened"/> or
/// <see cref="KeptFailed"/>.
/// </summary>
/// <param name="Keeping">What it is for.</param>
/// <param name="Track">The track.</param>
public readonly record struct OpenKept(PlayId Keeping, TrackId Track) : IClientAction
{
    int IClientAction.Kind => 26;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Chunks.OpenKept(this);
}
