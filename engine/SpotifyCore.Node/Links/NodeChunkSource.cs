using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Node.Links;

/// <summary>
/// What another node itself holds, as a source: it is asked local-only, so that no two nodes ask each other in a
/// circle. Gives at most what one request may ask for. Every chunk is verified; one that does not match ends the
/// connection and is no answer. Safe for many threads.
/// </summary>
/// <param name="link">The connection; the caller's.</param>
/// <param name="manifests">What chunks are verified with.</param>
internal sealed class NodeChunkSource(ReconnectingPeer link, IManifestSource manifests) : IChunkSource
{
    /// <inheritdoc/>
    public ValueTask<ChunkReadResult> ReadAsync(
        in ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        AskAsync(request with { LocalOnly = true }, destination, cancellationToken);

    private async ValueTask<ChunkReadResult> AskAsync(
        ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (await manifests.FindManifestAsync(request.File, cancellationToken) is not { } manifest
            || request.First >= manifest.ChunkCount)
            return ChunkReadResult.NotFound;

        if (await link.GetAsync(default, cancellationToken) is not { } client)
            return ChunkReadResult.Unavailable;

        var answered = false;
        try
        {
            var range = request with { Count = Math.Min(request.Count, PeerMessage.MaxChunksPerRequest) };
            var result = await client.ReadAsync(range, manifest, destination, cancellationToken);
            answered = result.Status != ChunkReadStatus.Unavailable;
            return result;
        }
        finally
        {
            link.Note(client, answered);
        }
    }
}
