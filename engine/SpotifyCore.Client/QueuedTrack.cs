using SpotifyCore.Client.Catalogue;

namespace SpotifyCore.Client;

/// <summary>A track's place in the queue.</summary>
/// <param name="Entry">Names the place while the client runs, and never another; a track may stand in several.</param>
/// <param name="Track">What plays there.</param>
public sealed record QueuedTrack(long Entry, TrackInfo Track);
