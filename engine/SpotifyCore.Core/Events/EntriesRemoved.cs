using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Events;

/// <summary>
/// The listener took entries out of the queue; what plays, if it is one of them, gives way to what follows.
/// </summary>
/// <param name="Entries">Their ids.</param>
/// <param name="ClickedAt">When, by the runtime's clock.</param>
public readonly record struct EntriesRemoved(long[] Entries, Instant ClickedAt) : IClientEvent;
