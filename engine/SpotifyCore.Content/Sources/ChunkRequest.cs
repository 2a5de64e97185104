using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Content.Sources;

/// <summary>Asks for a range of chunks of one file.</summary>
/// <param name="File">The file.</param>
/// <param name="First">Index of the first chunk.</param>
/// <param name="Count">How many chunks, at least 1.</param>
/// <param name="Priority">What waits for them.</param>
/// <param name="Deadline">When the answer stops being of use, on the clock of whoever asks.</param>
/// <param name="LocalOnly">True when the source may not ask a further tier for it, so that no two nodes ask each
/// other in a circle.</param>
public readonly record struct ChunkRequest(
    FileId File, uint First, uint Count, RequestPriority Priority, Instant Deadline, bool LocalOnly = false);
