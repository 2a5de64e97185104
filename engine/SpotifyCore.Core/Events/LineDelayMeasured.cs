namespace SpotifyCore.Core.Events;

/// <summary>
/// A sample of how long something took to cross the client's own line and back (a ping to a near host, or the time
/// that bytes waited to leave). A few a second while uploading; none are needed otherwise.
/// </summary>
/// <param name="Delay">The sample.</param>
public readonly record struct LineDelayMeasured(TimeSpan Delay) : IClientEvent;
