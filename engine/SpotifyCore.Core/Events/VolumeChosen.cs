namespace SpotifyCore.Core.Events;

/// <summary>How loud it is to be.</summary>
/// <param name="Percent">From 0 to 100.</param>
public readonly record struct VolumeChosen(int Percent) : IClientEvent;
