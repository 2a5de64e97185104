using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Core.Actions;

/// <summary>
/// Nothing more comes into a file that is kept. One that is whole is made durable; answer: <see cref="KeepingEnded"/>. Of
/// one that is not, what has come stays for the next time; no answer.
/// </summary>
/// <param name="Keeping">What it was for.</param>
/// <param name="IsWhole">Whether all of its chunks have come.</param>
public readonly record struct EndKeeping(PlayId Keeping, bool IsWhole) : IClientAction
{
    int IClientAction.Kind => 28;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Chunks.EndKeeping(this);
}
