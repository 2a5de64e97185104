namespace SpotifyCore.Core.Events;

/// <summary>The listener moved an entry that has not played behind the current one.</summary>
/// <param name="Entry">Its id.</param>
/// <param name="Place">1 is what plays next, past the end is the end.</param>
public readonly record struct EntryMoved(long Entry, int Place) : IClientEvent;
