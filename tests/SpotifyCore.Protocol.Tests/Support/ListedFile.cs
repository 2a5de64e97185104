using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Serving;

namespace SpotifyCore.Protocol.Tests.Support;

/// <summary>A node that holds one file.</summary>
internal sealed class ListedFile(FileId held) : IHeldFiles
{
    public bool Holds(FileId file) => file == held;

    public ValueTask<FilePage> ListAsync(FileId after, int limit, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new FilePage(held.CompareTo(after) > 0 ? [held] : [], HasMore: false));
}
