using SpotifyCore.Content.Identity;
using SpotifyCore.Import.Masters;
using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Running;

/// <summary>Finds the sources that are as the catalogue has them by their stamps alone.</summary>
/// <param name="librarian">The catalogue.</param>
/// <param name="prefix">What the locations of all that may be found begin with.</param>
/// <param name="encoder">Library version and parameters that sounds are encoded with.</param>
internal sealed class UnchangedSources(ILibrarian librarian, string prefix, string encoder)
{
    /// <summary>What is known of those that are as they were, by their locations.</summary>
    public async Task<IReadOnlyDictionary<string, KnownSound>> FindAsync(
        IReadOnlyList<SourceFile> found, CancellationToken cancellationToken)
    {
        // Names that are no text may read alike: which of them the catalogue has can't be told, and they are read.
        var stamps = new Dictionary<string, FileStamp>(StringComparer.Ordinal);
        foreach (var source in found.Where(static source => source.Refusal is null))
        {
            if (!stamps.TryAdd(source.Location, source.Stamp))
                stamps[source.Location] = default;
        }

        var unchanged = new Dictionary<string, KnownSound>(StringComparer.Ordinal);
        await foreach (var source in librarian.ListSourcesAsync(prefix, encoder, cancellationToken))
        {
            if (FileStamp.TryRead(source.Stamp.Span, out var kept)
                && stamps.TryGetValue(source.Location, out var stamp) && stamp == kept)
                unchanged[source.Location] = new KnownSound(
                    "", source.Shown, [.. source.Files.Select(static file => FileId.Read(file.Span))]);
        }

        return unchanged;
    }
}
