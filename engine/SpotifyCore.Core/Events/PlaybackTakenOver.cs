using SpotifyCore.Content.Time;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Core.Events;

/// <summary>
/// The listener goes on here with what another of the account's devices plays: like <see cref="TracksChosen"/>, in place of
/// the queue, from where it is there. The volume, the crossfade and the pause of the snapshot are not taken over.
/// </summary>
/// <param name="Snapshot">How it stands there. Ignored when no track of it is current or the queue does not take it.</param>
/// <param name="ClickedAt">When, by the runtime's clock.</param>
public readonly record struct PlaybackTakenOver(PlaybackSnapshot Snapshot, Instant ClickedAt) : IClientEvent;
