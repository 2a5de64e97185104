using SpotifyCore.Core.Uploads;

namespace SpotifyCore.Client.Uploading;

/// <summary>What a client gives to others, at one moment: how much, to whom, and why.</summary>
/// <param name="Settings">What the listener allows.</param>
/// <param name="Now">How it stands. All bytes are payload.</param>
/// <param name="Peers">Each neighbour, with what it was given and gave since it connected.</param>
/// <param name="Outside">Where a router passes connections on from, if one does.</param>
public sealed record UploadReport(
    UploadSettings Settings, UploadStatus Now, IReadOnlyList<PeerUpload> Peers, string? Outside);
