using SpotifyCore.Import.Masters;
using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Running;

/// <summary>A source that is as the catalogue has it.</summary>
/// <param name="Source">The source.</param>
/// <param name="Sound">What is known of it.</param>
internal readonly record struct UnchangedSource(SourceFile Source, KnownSound Sound);
