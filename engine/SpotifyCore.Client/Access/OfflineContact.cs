using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Client.Offline;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Client.Access;

/// <summary>
/// What the access point is told of what this device keeps, and says of it: one after the other. What is added is told
/// first and kept then; what is removed is removed first. Where one of the two did not happen, the next contact makes up
/// for it. Safe for many threads.
/// </summary>
/// <param name="link">The access point.</param>
/// <param name="library">What is kept.</param>
/// <param name="context">The loop.</param>
/// <param name="runtime">Hears what is to be fetched.</param>
internal sealed class OfflineContact(
    AccessPointClient link, OfflineLibrary library, LoopContext context, ClientRuntime runtime) : IDisposable
{
    private static readonly TimeSpan NotedEvery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RenewedEvery = TimeSpan.FromHours(6);

    private const int AtOnce = 1_000;

    private readonly SemaphoreSlim _turn = new(1);
    private ITimer? _timer;
    private long _renewed;

    /// <summary>Begins to keep the right new while the client is online.</summary>
    public void Start() => _timer = context.Time.CreateTimer(
        _ => context.Background.Run(PassAsync), null, NotedEvery, NotedEvery);

    /// <summary>Keeps something that fits.</summary>
    /// <exception cref="OfflineException">It does not, or can't be written.</exception>
    /// <exception cref="RpcException">The access point refuses, or can't be reached.</exception>
    public Task AddAsync(OfflineEntry entry, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        var account = link.Account;
        if (library.Right.IsUnreadable)
            throw new OfflineException("What is kept offline can't be read: nobody knows whose it is.");

        ClearOfOthers(account);
        var wanted = library.Wanted().ToDictionary(static track => track.Id);
        var added = entry.Infos.Where(track => !wanted.ContainsKey(track.Id)).DistinctBy(static track => track.Id).ToArray();
        var coming = wanted.Values.Where(track => !library.IsKept(track.Id)).Sum(library.Room.Estimate);
        if (library.Room.Refusal(KeptBytes() + coming, added.Sum(library.Room.Estimate)) is { Length: > 0 } full)
            throw new OfflineException(full);

        await TellAsync(account, entry.Infos.Select(static track => track.Id), cancellationToken);
        library.List.Add(entry);
        library.ForgetProblems();
        Want();
    }, cancellationToken);

    /// <summary>Keeps something no more; false where it was not kept.</summary>
    /// <exception cref="OfflineException">The list can't be written.</exception>
    public Task<bool> RemoveAsync(OfflineKind kind, string id) => InTurnAsync(async () =>
    {
        if (library.Remove(kind, id) is not { } dropped)
            return false;

        Want();
        await TryTellAsync(() => GiveUpAsync(dropped.Select(static track => track.ToString())));
        return true;
    }, CancellationToken.None);

    /// <summary>Somebody has logged in: what is kept of another, or of nobody knows whom, is gone when this returns.</summary>
    public Task EnterAsync() => InTurnAsync(() =>
    {
        try
        {
            ClearOfOthers(link.Account);
        }
        catch (IOException failure)
        {
            ClientLog.OfflineFailed(context.Logger, failure.Message);
        }

        return Task.CompletedTask;
    }, CancellationToken.None);

    /// <summary>Is in touch: the right begins anew, or ends, and both sides come to know of the same tracks.</summary>
    public Task RenewAsync() => InTurnAsync(async () =>
    {
        var account = link.Account;
        if (account.Length == 0 || library.Right.IsUnreadable)
            return;

        try
        {
            ClearOfOthers(account);
            if (library.List.Entries.Count == 0 && library.Right.Account.Length == 0)
                return;

            var renewal = await link.CallOfflineAsync(
                static (calls, options) => calls.RenewOfflineAsync(new RenewOfflineRequest(), options));
            Take(account, renewal.Right);

            // Who does not know what is wanted gives nothing up.
            if (library.List.Fault.Length == 0)
                await ReconcileAsync(account, renewal.Tracks);
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.PermissionDenied && link.Account == account)
        {
            library.Right.End(account, PlainText.Of(refused.Reason()));
            ClientLog.OfflineEnded(context.Logger, refused.Reason());
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.FailedPrecondition && link.Account == account)
        {
            // Given up from elsewhere, or after a long time away: it is another device's turn.
            ClientLog.OfflineEnded(context.Logger, refused.Reason());
            TryClear();
        }
        catch (Exception unheard) when (unheard is RpcException or ObjectDisposedException)
        {
            ClientLog.OfflineUnheard(context.Logger, CallFailure.ReasonOf(unheard));
            return;
        }
        catch (IOException failure)
        {
            ClientLog.OfflineFailed(context.Logger, failure.Message);
            return;
        }

        _renewed = context.Time.GetTimestamp();
        library.ForgetProblems();
        Want();
    }, CancellationToken.None);

    /// <summary>The account leaves this device: nothing is kept, and its place is another device's, if that can be told.</summary>
    public Task ClearAsync() => InTurnAsync(async () =>
    {
        var isDevice = library.Right.Account.Length > 0;
        TryClear();
        Want();
        if (isDevice && link.Account.Length > 0)
        {
            await TryTellAsync(() => link.CallOfflineAsync(
                static (calls, options) => calls.GiveUpOfflineDeviceAsync(new GiveUpOfflineDeviceRequest(), options)));
        }
    }, CancellationToken.None);

    /// <summary>Ends another device.</summary>
    /// <exception cref="RpcException">There is none such, or the access point can't be reached.</exception>
    public async Task GiveUpAsync(PeerId client, CancellationToken cancellationToken)
    {
        var request = new GiveUpOfflineDeviceRequest { Client = ByteString.CopyFrom(client.Bits.ToArray()) };
        await link.CallOfflineAsync((calls, options) => calls.GiveUpOfflineDeviceAsync(request, options), cancellationToken);
        await RenewAsync();
    }

    /// <summary>Has the core fetch what is missing.</summary>
    public void Want() => context.Loop.Post(runtime, new OfflineWanted(library.Missing()));

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private Task PassAsync()
    {
        library.Right.Note();

        // The clock may be set while this runs, and then says nothing of how long ago that was.
        var isDue = _renewed == 0 || context.Time.GetElapsedTime(_renewed) >= RenewedEvery || !library.Right.IsClockSound();
        return link.IsOnline && isDue ? RenewAsync() : Task.CompletedTask;
    }

    // A session can come to be another's in many ways: who it is now is asked before anything is told of what is kept.
    private void ClearOfOthers(string account)
    {
        var owner = library.Right.Account;
        if (account.Length == 0 || owner == account || (owner.Length == 0 && library.List.Entries.Count == 0))
            return;

        library.Clear();
        Want();
    }

    // What was not heard is made up for at the next contact.
    private async Task TryTellAsync(Func<Task> tell)
    {
        try
        {
            await tell();
        }
        catch (Exception unheard) when (unheard is RpcException or ObjectDisposedException)
        {
            ClientLog.OfflineUnheard(context.Logger, CallFailure.ReasonOf(unheard));
        }
    }

    private void TryClear()
    {
        try
        {
            library.Clear();
        }
        catch (IOException failure)
        {
            ClientLog.OfflineFailed(context.Logger, failure.Message);
        }
    }

    private long KeptBytes() => library.Wanted().Where(track => library.IsKept(track.Id)).Sum(library.Room.Estimate);

    private async Task ReconcileAsync(string account, IReadOnlyCollection<string> told)
    {
        var wanted = library.Wanted().Select(static track => track.Id).ToArray();
        var texts = wanted.Select(static track => track.ToString()).ToHashSet(StringComparer.Ordinal);
        await GiveUpAsync(told.Where(track => !texts.Contains(track)));
        var known = told.ToHashSet(StringComparer.Ordinal);
        TrackId[] untold = [.. wanted.Where(track => !known.Contains(track.ToString()))];
        if (untold.Length > 0)
            await TellAsync(account, untold, CancellationToken.None);
    }

    private async Task TellAsync(string account, IEnumerable<TrackId> tracks, CancellationToken cancellationToken)
    {
        foreach (var some in tracks.Distinct().Chunk(AtOnce))
        {
            var request = new KeepTracksRequest();
            request.Tracks.AddRange(some.Select(static track => track.ToString()));
            Take(account, await link.CallOfflineAsync(
                (calls, options) => calls.KeepTracksAsync(request, options), cancellationToken));
        }
    }

    private async Task GiveUpAsync(IEnumerable<string> tracks)
    {
        foreach (var some in tracks.Chunk(AtOnce))
        {
            var request = new GiveUpTracksRequest();
            request.Tracks.AddRange(some);
            await link.CallOfflineAsync((calls, options) => calls.GiveUpTracksAsync(request, options));
        }
    }

    // By the access point's clock: this device's may be wrong.
    private void Take(string account, Contracts.OfflineRight told)
    {
        if (link.Account != account)
            throw CallFailure.Of(StatusCode.Aborted, "Another has logged in meanwhile.");

        library.Right.Begin(account, TimeSpan.FromMilliseconds(Math.Max(0, told.UntilUnixMs - told.NowUnixMs)));
    }

    private Task InTurnAsync(Func<Task> work, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        await work();
        return true;
    }, cancellationToken);

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OfflineException($"It can't be written: {failure.Message}", failure);
        }
        finally
        {
            _turn.Release();
        }
    }
}
