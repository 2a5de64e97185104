using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Core;

/// <summary>Checks what a slot holds. In production a hash of its bytes; in a simulation a flag beside them.</summary>
public interface IChunkVerifier
{
    /// <summary>
    /// True when the first <paramref name="length"/> bytes of the slot are the chunk <paramref name="index"/>, whole
    /// and
    /// unaltered. Called within <c>Handle</c> for the slot of the event being handled. Allocates nothing.
    /// </summary>
    bool Matches(int slot, Manifest manifest, uint index, int length);
}
