using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Watching;

/// <summary>What is to be imported.</summary>
/// <param name="Found">The sources.</param>
/// <param name="Signals">What tells of changes since; null where nobody is to wait for them.</param>
internal sealed record FoundSources(IReadOnlyList<SourceFile> Found, FolderSignals? Signals);
