using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Events;

/// <summary>The listener chose an entry of the queue, which stays as it is.</summary>
/// <param name="Entry">Its id; ignored when there is none such.</param>
/// <param name="ClickedAt">When, by the runtime's clock.</param>
public readonly record struct EntryChosen(long Entry, Instant ClickedAt) : IClientEvent;
