using SpotifyCore.Content.Identity;

namespace SpotifyCore.Client.Offline;

/// <summary>A device on which the account keeps music offline.</summary>
/// <param name="Client">The client.</param>
/// <param name="Name">What it calls the device; empty when it does not say.</param>
/// <param name="Tracks">How many tracks it keeps.</param>
/// <param name="Seen">When it was in touch last.</param>
/// <param name="IsThis">True of this client.</param>
public sealed record OfflineDeviceInfo(PeerId Client, string Name, int Tracks, DateTimeOffset Seen, bool IsThis);
