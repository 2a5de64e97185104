using SpotifyCore.Client.Catalogue;
using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Client.Access;

/// <summary>What an account plays, as one of its devices said it last.</summary>
/// <param name="Snapshot">How it stands there, by now.</param>
/// <param name="Tracks">Of its tracks, those that are in the catalogue.</param>
/// <param name="Client">The device's client.</param>
/// <param name="Device">What the device calls itself; empty when it does not say.</param>
internal sealed record AccountPlays(
    PlaybackSnapshot Snapshot, IReadOnlyList<TrackInfo> Tracks, PeerId Client, string Device);
