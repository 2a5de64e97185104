namespace SpotifyCore.Import.Masters;

/// <summary>
/// A disk is full, an owner's or the one that samples rest on: no other source of this run is likely to fit, so it ends.
/// </summary>
internal sealed class NoSpaceException(string message) : StoreException(message);
