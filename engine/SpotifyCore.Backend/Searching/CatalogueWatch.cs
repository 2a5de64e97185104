using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Watching;

namespace SpotifyCore.Backend.Searching;

/// <summary>Has the search follow what other access points change in the database that they share.</summary>
internal sealed class CatalogueWatch(
    ServiceDatabase database, CatalogueIndex index, TimeProvider time, ILogger<CatalogueWatch> logger)
    : DatabaseWatch(time, logger)
{
    /// <inheritdoc/>
    protected override Task WatchAsync(CancellationToken cancellationToken) =>
        database.WatchAsync(index.Follow, cancellationToken);
}
