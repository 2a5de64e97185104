using SpotifyCore.Content.Sources;

namespace SpotifyCore.Protocol.Serving;

/// <summary>What a server serves from.</summary>
/// <param name="Chunks">Gives chunks.</param>
/// <param name="Manifests">Gives manifests.</param>
/// <param name="Intake">Takes files in; null where none are taken.</param>
public sealed record ChunkServerBackend(IChunkSource Chunks, IManifestSource Manifests, IFileIntake? Intake = null);
