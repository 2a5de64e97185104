using Grpc.Core;
using SpotifyCore.Content.Time;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Import.Masters;
using SpotifyCore.Import.Running;

namespace SpotifyCore.Import.Watching;

/// <summary>Imports what has changed in a folder, once the access point answers.</summary>
/// <param name="librarian">The access point.</param>
/// <param name="import">Imports it.</param>
/// <param name="progress">Says what is waited for.</param>
/// <param name="time">The clock.</param>
internal sealed class ChangeImport(
    LibrarianClient librarian, Func<FolderChange, CancellationToken, Task<ImportTotals>> import,
    IImportProgress progress, TimeProvider time)
{
    /// <summary>Imports it.</summary>
    /// <returns>The paths of what could not be imported for a reason that may pass.</returns>
    /// <exception cref="RpcException">The access point refuses.</exception>
    public async Task<IReadOnlyCollection<string>> RunAsync(FolderChange change, CancellationToken cancellationToken)
    {
        await AwaitAccessPointAsync(cancellationToken);
        try
        {
            var totals = await import(change, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (totals.Stopped is not { } reason)
                return totals.ToRetry;

            progress.Note("waiting", $"{reason}: it is tried again");
        }
        catch (RpcException away) when (away.MayPass())
        {
            progress.Note("waiting", $"the access point does not answer ({away.Reason()}): it is tried again");
        }

        return [.. change.Changed.Select(static source => source.Path), .. change.Gone];
    }

    private async Task AwaitAccessPointAsync(CancellationToken cancellationToken)
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), jitter: 0.5);
        for (var isWaiting = false; ; isWaiting = true)
        {
            try
            {
                await librarian.GetMastersAsync(cancellationToken);
                if (isWaiting)
                    progress.Note("answering", "the access point answers again");

                return;
            }
            catch (RpcException away) when (away.MayPass())
            {
                if (!isWaiting)
                    progress.Note("waiting", $"the access point does not answer ({away.Reason()}): it is waited for");
            }

            await Task.Delay(backoff.Next(Random.Shared.NextDouble()), time, cancellationToken);
        }
    }
}
