using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;

namespace SpotifyCore.Protocol.Serving;

/// <summary>Says what a server holds whole: a master node's vault. Safe for many threads.</summary>
public interface IHeldFiles
{
    /// <summary>True when the file is here whole, as far as is known.</summary>
    bool Holds(FileId file);

    /// <summary>The files here whose ids come after <paramref name="after"/>.</summary>
    /// <param name="after">All zero for the first page.</param>
    /// <param name="limit">Most files.</param>
    /// <param name="cancellationToken">Gives up early.</param>
    ValueTask<FilePage> ListAsync(FileId after, int limit, CancellationToken cancellationToken = default);
}
