using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Fetching;

namespace SpotifyCore.Node.Links;

/// <summary>
/// Manifests from master storage: the owners are asked in the ring's order what they themselves hold, the next one at
/// once when one fails or lacks it, and as well when one is slow. Safe for many threads.
/// </summary>
/// <param name="owners">The masters and who owns what; the caller's.</param>
/// <param name="hedgeAfter">How long one owner alone may take to answer.</param>
/// <param name="time">The clock of that.</param>
internal sealed class MasterManifestSource(OwnerMap owners, TimeSpan hedgeAfter, TimeProvider time) : IManifestSource
{
    /// <inheritdoc/>
    /// <exception cref="IOException">None has it, and not all could be asked.</exception>
    public async ValueTask<Manifest?> FindManifestAsync(FileId file, CancellationToken cancellationToken = default)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var unasked = new Queue<PeerId>(owners.FindOwners(file));
        var asked = new List<Task<Answer>>();
        var isSure = true;
        try
        {
            while (unasked.Count + asked.Count > 0)
            {
                if (unasked.TryDequeue(out var owner))
                    asked.Add(AskAsync(owners.Links[owner], file, over.Token));

                var patience = unasked.Count > 0 ? hedgeAfter : Timeout.InfiniteTimeSpan;
                if (await FirstAsync(asked, patience, cancellationToken) is not { } first)
                    continue;

                asked.Remove(first);
                var answer = await first;
                if (answer.Manifest is { } found)
                    return found;

                isSure &= answer.IsSure;
            }
        }
        finally
        {
            await over.CancelAsync();
        }

        return isSure ? null : throw new IOException($"Not every owner of {file} could be asked.");
    }

    private async ValueTask<Task<Answer>?> FirstAsync(
        List<Task<Answer>> asked, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.WhenAny(asked).WaitAsync(patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private static async Task<Answer> AskAsync(ReconnectingPeer link, FileId file, CancellationToken cancellationToken)
    {
        try
        {
            if (await link.GetAsync(default, cancellationToken) is not { } client)
                return default;

            var manifest = await client.FindManifestAsync(
                file, RequestPriority.Playing, localOnly: true, cancellationToken);
            return new Answer(manifest, manifest is not null || client.IsAlive);
        }
        catch (Exception failed) when (failed is IOException or OperationCanceledException)
        {
            return default;
        }
    }

    private readonly record struct Answer(Manifest? Manifest, bool IsSure);
}
