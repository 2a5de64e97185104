using SpotifyCore.Import.Tags.Fields;

namespace SpotifyCore.Import.Sources;

/// <summary>What a source is, and what it says that it is.</summary>
/// <param name="Sound">What of it is decoded.</param>
/// <param name="Tags">Title, artists and so on; the title is never empty.</param>
/// <param name="Cover">Its picture where ffmpeg has to take it out; null where the tags hold it, or none.</param>
internal sealed record SourceFacts(SoundParts Sound, SourceTags Tags, CoverStream? Cover) : SourceLabel(Tags, Cover);
