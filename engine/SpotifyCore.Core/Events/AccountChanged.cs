namespace SpotifyCore.Core.Events;

/// <summary>Somebody has logged in or out: what went wrong before is over.</summary>
/// <param name="IsAnother">True when what was played before is no business of who listens now.</param>
public readonly record struct AccountChanged(bool IsAnother) : IClientEvent;
