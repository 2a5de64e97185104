using SpotifyCore.Content.Identity;

namespace SpotifyCore.Import.Masters;

/// <summary>A track that was imported before.</summary>
/// <param name="Track">Its id.</param>
/// <param name="Files">Its files.</param>
internal sealed record KnownTrack(string Track, IReadOnlyList<FileId> Files);
