using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Uploads;

/// <summary>Chunks of one file that follow each other.</summary>
/// <param name="File">Which file.</param>
/// <param name="First">The first of them.</param>
/// <param name="Count">How many; none is a range too.</param>
internal readonly record struct ChunkRange(FileId File, uint First, uint Count)
{
    /// <summary>The first of them by its name.</summary>
    public ChunkId FirstId => new(File, First);

    /// <summary>All but the first; there is one.</summary>
    public ChunkRange Rest => this with { First = First + 1, Count = Count - 1 };
}
