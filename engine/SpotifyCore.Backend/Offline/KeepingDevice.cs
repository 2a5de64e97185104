using SpotifyCore.Content.Identity;

namespace SpotifyCore.Backend.Offline;

/// <summary>A device on which an account keeps music.</summary>
/// <param name="Peer">The client.</param>
/// <param name="Name">What it calls the device; empty when it does not say.</param>
/// <param name="Tracks">How many it keeps.</param>
/// <param name="Since">When it began, in Unix milliseconds.</param>
/// <param name="Seen">When it was in touch last, likewise.</param>
internal sealed record KeepingDevice(PeerId Peer, string Name, int Tracks, long Since, long Seen);
