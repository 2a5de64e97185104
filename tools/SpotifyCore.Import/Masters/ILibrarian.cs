using SpotifyCore.Content.Sealing;
using SpotifyCore.Contracts;

namespace SpotifyCore.Import.Masters;

/// <summary>The catalogue and keys as an import needs them. Safe for many threads.</summary>
internal interface ILibrarian
{
    /// <summary>The track that was made of a source with the same settings; null when there is none.</summary>
    Task<KnownTrack?> FindSourceAsync(
        ReadOnlyMemory<byte> sourceHash, string encoder, CancellationToken cancellationToken);

    /// <summary>The key of a file, by SHA-256 of its plain bytes.</summary>
    Task<ContentKey> DeriveKeyAsync(ReadOnlyMemory<byte> plaintextHash, CancellationToken cancellationToken);

    /// <summary>Adds a track whose files are stored; once it returns the track is durable.</summary>
    Task AddTrackAsync(AddTrackRequest track, CancellationToken cancellationToken);
}
