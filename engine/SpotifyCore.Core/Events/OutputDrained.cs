namespace SpotifyCore.Core.Events;

/// <summary>All that was handed to the output was heard, and nothing follows.</summary>
public readonly record struct OutputDrained() : IClientEvent;
