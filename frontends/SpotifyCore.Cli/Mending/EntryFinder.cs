using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Mending;

/// <summary>Finds the track or release whose id, or the beginning of it, was typed.</summary>
internal sealed class EntryFinder(CatalogueClient catalogue)
{
    /// <summary>The one that is meant.</summary>
    /// <exception cref="ListenerException">There is none, or several; those are on standard error then.</exception>
    public Task<CatalogueEntry> FindAsync(string typed, CancellationToken cancellationToken) =>
        FindAsync(typed, "track or release", static _ => true, cancellationToken);

    /// <summary>The track that is meant.</summary>
    /// <exception cref="ListenerException">As above.</exception>
    public Task<CatalogueEntry> FindTrackAsync(string typed, CancellationToken cancellationToken) =>
        FindAsync(typed, "track", static entry => !entry.IsRelease, cancellationToken);

    /// <summary>The release that is meant.</summary>
    /// <exception cref="ListenerException">As above.</exception>
    public Task<CatalogueEntry> FindReleaseAsync(string typed, CancellationToken cancellationToken) =>
        FindAsync(typed, "release", static entry => entry.IsRelease, cancellationToken);

    private async Task<CatalogueEntry> FindAsync(
        string typed, string kind, Func<CatalogueEntry, bool> isOfKind, CancellationToken cancellationToken)
    {
        var reply = await catalogue.Librarian.FindEntriesAsync(
            new FindEntriesRequest { Prefix = typed }, LibrarianConnection.Options(cancellationToken));
        CatalogueEntry[] found = [.. reply.Entries.Where(isOfKind)];
        if (Array.Find(found, entry => entry.Id == typed) is { } exact)
            return exact;

        switch (found)
        {
            case [] when !reply.More:
                throw new ListenerException($"There is no {kind} whose id begins with '{typed}'.");
            case [var one] when !reply.More:
                return one;
        }

        foreach (var entry in found)
            await Console.Error.WriteLineAsync(CatalogueLines.Choice(entry));

        throw new ListenerException(
            $"{(reply.More ? "Many ids begin" : $"{found.Length} ids begin")} with '{typed}'; type more of the one you mean.",
            ExitCodes.Ambiguous);
    }
}
