using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Serving;

/// <summary>What a server serves from.</summary>
/// <param name="Chunks">Gives chunks.</param>
/// <param name="Manifests">Gives manifests.</param>
/// <param name="Intake">Takes files in; null where none are taken.</param>
/// <param name="OwnManifests">
/// Gives manifests without asking a farther tier, for local-only requests and haves; <paramref name="Manifests"/> when
/// null.
/// </param>
/// <param name="Held">Says which files are held; where null, haves go by the manifests and nothing is listed.</param>
public sealed record ChunkServerBackend(
    IChunkSource Chunks,
    IManifestSource Manifests,
    IFileIntake? Intake = null,
    IManifestSource? OwnManifests = null,
    IHeldFiles? Held = null)
{
    /// <summary>
    /// True when no call of it waits for a disk, another's work or the network before it returns: connections are then
    /// served on the very thread that learns of a request, where the transport has that.
    /// </summary>
    public bool NeverBlocks { get; init; }

    /// <summary>Where the manifest of a request comes from.</summary>
    internal IManifestSource ManifestsFor(in PeerMessage request) =>
        OwnManifests is { } own && (request.LocalOnly || request.Kind == PeerMessageKind.HaveRequest) ? own : Manifests;
}
