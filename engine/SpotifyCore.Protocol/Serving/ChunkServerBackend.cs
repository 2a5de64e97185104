using SpotifyCore.Content.Sources;

namespace SpotifyCore.Protocol.Serving;

/// <summary>What a server serves from.</summary>
/// <param name="Chunks">Gives chunks.</param>
/// <param name="Manifests">Gives manifests.</param>
/// <param name="Intake">Takes files in; null where none are taken.</param>
/// <param name="OwnManifests">
/// Gives manifests without asking a farther tier, for local-only requests and haves; <paramref name="Manifests"/> when
/// null.
/// </param>
public sealed record ChunkServerBackend(
    IChunkSource Chunks, IManifestSource Manifests, IFileIntake? Intake = null, IManifestSource? OwnManifests = null);
