namespace SpotifyCore.Backend.Catalogue;

/// <summary>A track can't be added as it is; the message says why and is meant for people.</summary>
internal sealed class NewTrackException(string message) : Exception(message);
