using SpotifyCore.Content.Identity;

namespace SpotifyCore.Content.Sources;

/// <summary>A part of the files that a place holds, in the order of their ids.</summary>
/// <param name="Files">The ids.</param>
/// <param name="HasMore">True when files follow after the last of them.</param>
public sealed record FilePage(IReadOnlyList<FileId> Files, bool HasMore);
