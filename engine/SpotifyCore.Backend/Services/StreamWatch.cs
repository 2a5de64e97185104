using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Watching;

namespace SpotifyCore.Backend.Services;

/// <summary>Has clients told that their account plays at another access point now.</summary>
internal sealed class StreamWatch(
    ServiceDatabase database, AccountStreams streams, TimeProvider time, ILogger<StreamWatch> logger)
    : DatabaseWatch(time, logger)
{
    /// <inheritdoc/>
    protected override Task WatchAsync(CancellationToken cancellationToken) =>
        database.WatchStreamsAsync(streams.NoteTaken, cancellationToken);
}
