namespace SpotifyCore.Core.Events;

/// <summary>How long the end of a track and the beginning of the next are to sound together.</summary>
/// <param name="Length">Zero for one directly behind the other; at most what the player takes.</param>
public readonly record struct CrossfadeChosen(TimeSpan Length) : IClientEvent;
