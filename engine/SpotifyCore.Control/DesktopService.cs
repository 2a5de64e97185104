using SpotifyCore.Client;
using SpotifyCore.Content.Identity;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Contracts;
using SpotifyCore.Rpc.Serving;

namespace SpotifyCore.Control;

/// <summary>The desktop's control API (desktop.proto) over a client.</summary>
public sealed class DesktopService
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromMilliseconds(250);

    private readonly SpotifyClient _client;

    private DesktopService(SpotifyClient client) => _client = client;

    /// <summary>Binds the contract to a client, which stays the caller's.</summary>
    public static RpcService Create(SpotifyClient client)
    {
        var desktop = new DesktopService(client);
        return new RpcServiceBuilder(DesktopReflection.Descriptor.Services[0])
            .Unary<DesktopLoginRequest, DesktopLoginReply>("Login", desktop.LoginAsync)
            .Unary<DesktopLogOutRequest, DesktopLogOutReply>("LogOut", desktop.LogOutAsync)
            .Unary<SearchRequest, SearchReply>("Search", desktop.SearchAsync)
            .Unary<PlayRequest, PlayReply>("Play", desktop.PlayAsync)
            .Unary<EnqueueRequest, QueueReply>("Enqueue", desktop.EnqueueAsync)
            .Unary<GetQueueRequest, QueueReply>("GetQueue", (_, _) => desktop.QueueAsync())
            .Unary<RemoveFromQueueRequest, QueueReply>("RemoveFromQueue", desktop.RemoveAsync)
            .Unary<MoveInQueueRequest, QueueReply>("MoveInQueue", desktop.MoveAsync)
            .Unary<ClearQueueRequest, QueueReply>("ClearQueue", desktop.ClearAsync)
            .Unary<PlayEntryRequest, Status>("PlayEntry", desktop.PlayEntryAsync)
            .Unary<PauseRequest, Status>("Pause", (_, _) => desktop.DoAsync(client.PauseAsync))
            .Unary<ResumeRequest, Status>("Resume", (_, _) => desktop.DoAsync(client.ResumeAsync))
            .Unary<SeekRequest, Status>("Seek", desktop.SeekAsync)
            .Unary<NextRequest, Status>("Next", (_, _) => desktop.DoAsync(client.NextAsync))
            .Unary<PreviousRequest, Status>("Previous", (_, _) => desktop.DoAsync(client.PreviousAsync))
            .Unary<SetRepeatRequest, Status>("SetRepeat", desktop.SetRepeatAsync)
            .Unary<SetShuffleRequest, Status>("SetShuffle", desktop.SetShuffleAsync)
            .Unary<SetVolumeRequest, Status>("SetVolume", desktop.SetVolumeAsync)
            .Unary<StopRequest, Status>("Stop", (_, _) => desktop.DoAsync(client.StopAsync))
            .Unary<GetStatusRequest, Status>("GetStatus", (_, _) => desktop.StatusAsync())
            .ServerStreaming<WatchRequest, Status>("Watch", desktop.WatchAsync)
            .Unary<GetStatsRequest, Stats>("GetStats", desktop.StatsAsync)
            .Unary<GetUploadsRequest, Uploads>("GetUploads", desktop.UploadsAsync)
            .Unary<SetUploadsRequest, Uploads>("SetUploads", desktop.SetUploadsAsync)
            .Build();
    }

    private Task<DesktopLoginReply> LoginAsync(DesktopLoginRequest request, RpcServerCall call) =>
        AnswerAsync(async () =>
        {
            await _client.LogInAsync(request.Name, request.Password, call.Cancellation);
            return new DesktopLoginReply { Name = _client.Account };
        });

    private Task<SearchReply> SearchAsync(SearchRequest request, RpcServerCall call) => AnswerAsync(async () =>
    {
        var found = await _client.SearchAsync(request.Query, request.Limit, request.Offset, call.Cancellation);
        var reply = new SearchReply { Total = found.Total };
        reply.Tracks.AddRange(found.Tracks.Select(track => track.ToMessage()));
        return reply;
    });

    private Task<PlayReply> PlayAsync(PlayRequest request, RpcServerCall call) => AnswerAsync(async () =>
    {
        var play = await _client.PlayAsync(Parse(request.Tracks));
        return new PlayReply { Play = play.ToMessage() };
    });

    private Task<QueueReply> EnqueueAsync(EnqueueRequest request, RpcServerCall call) => AnswerAsync(async () =>
    {
        TrackInfo[] tracks = [.. Parse(request.Tracks).Select(TrackInfo.Unknown)];
        await (request.Next ? _client.EnqueueNextAsync(tracks) : _client.EnqueueAsync(tracks));
        return await QueueAsync();
    });

    private async Task<QueueReply> RemoveAsync(RemoveFromQueueRequest request, RpcServerCall call)
    {
        if (await _client.RemoveFromQueueAsync(request.Entries) == 0)
            ThrowNoEntry();

        return await QueueAsync();
    }

    private async Task<QueueReply> MoveAsync(MoveInQueueRequest request, RpcServerCall call)
    {
        if (request.Place < 1)
            throw new RpcException(RpcStatusCode.InvalidArgument, "Places are counted from 1, which plays next.");

        if (!await _client.MoveInQueueAsync(request.Entry, request.Place))
            ThrowNoEntry();

        return await QueueAsync();
    }

    private async Task<QueueReply> ClearAsync(ClearQueueRequest request, RpcServerCall call)
    {
        await _client.ClearQueueAsync();
        return await QueueAsync();
    }

    private Task<Status> PlayEntryAsync(PlayEntryRequest request, RpcServerCall call) => DoAsync(async () =>
    {
        if (!await _client.PlayEntryAsync(request.Entry))
            ThrowNoEntry();
    });

    private Task<Status> SetRepeatAsync(SetRepeatRequest request, RpcServerCall call) =>
        DoAsync(() => _client.SetRepeatAsync(request.Repeat.ToMode()));

    private Task<Status> SetShuffleAsync(SetShuffleRequest request, RpcServerCall call) =>
        DoAsync(() => _client.SetShuffleAsync(request.Shuffled));

    private Task<Status> SetVolumeAsync(SetVolumeRequest request, RpcServerCall call)
    {
        if (request.Percent is < 0 or > 100)
            throw new RpcException(RpcStatusCode.InvalidArgument, "The volume is 0 to 100 percent.");

        return DoAsync(() => _client.SetVolumeAsync(request.Percent));
    }

    private Task<Status> SeekAsync(SeekRequest request, RpcServerCall call)
    {
        if (request.PositionMs < 0)
            throw new RpcException(RpcStatusCode.InvalidArgument, "A position can't be negative.");

        return DoAsync(() => _client.SeekAsync(TimeSpan.FromMilliseconds(request.PositionMs)));
    }

    private async Task WatchAsync(WatchRequest request, RpcStreamWriter<Status> writer, RpcServerCall call)
    {
        var interval = request.IntervalMs switch
        {
            0 => DefaultInterval,
            >= 50 and <= 10_000 => TimeSpan.FromMilliseconds(request.IntervalMs),
            _ => throw new RpcException(RpcStatusCode.InvalidArgument, "interval_ms must be 50 to 10,000, or 0."),
        };
        await foreach (var status in _client.WatchAsync(interval, call.Cancellation))
            await writer.WriteAsync(status.ToMessage());
    }

    private Task<DesktopLogOutReply> LogOutAsync(DesktopLogOutRequest request, RpcServerCall call) =>
        AnswerAsync(async () =>
        {
            await _client.LogOutAsync();
            return new DesktopLogOutReply();
        });

    private async Task<Stats> StatsAsync(GetStatsRequest request, RpcServerCall call)
    {
        var stats = (await _client.GetStatisticsAsync()).ToMessage();
        stats.Uploads = (await _client.GetUploadsAsync()).ToMessage();
        return stats;
    }

    private async Task<Uploads> UploadsAsync(GetUploadsRequest request, RpcServerCall call) =>
        (await _client.GetUploadsAsync()).ToMessage();

    private async Task<Uploads> SetUploadsAsync(SetUploadsRequest request, RpcServerCall call)
    {
        if (request.MaxBytesPerSecond < 0 || request.MonthlyBytes < 0)
            throw new RpcException(RpcStatusCode.InvalidArgument, "A figure can't be negative.");

        var before = request.Reset ? await _client.SetUploadsAsync(null) : await _client.GetUploadsAsync();
        var wanted = UploadMessages.Change(before.Settings, request);
        return (wanted == before.Settings ? before : await _client.SetUploadsAsync(wanted)).ToMessage();
    }

    private async Task<QueueReply> QueueAsync()
    {
        var reply = new QueueReply();
        reply.Entries.AddRange((await _client.GetQueueAsync()).Select(queued => queued.ToMessage()));
        return reply;
    }

    private async Task<Status> StatusAsync() => (await _client.GetStatusAsync()).ToMessage();

    private async Task<Status> DoAsync(Func<Task> command)
    {
        await command();
        return await StatusAsync();
    }

    private static void ThrowNoEntry() =>
        throw new RpcException(RpcStatusCode.NotFound, "The queue has no such entry any more.");

    private static TrackId[] Parse(IReadOnlyList<string> tracks)
    {
        if (tracks.Count is 0 or > 10_000)
            throw new RpcException(RpcStatusCode.InvalidArgument, "Name 1 to 10,000 tracks.");

        return [.. tracks.Select(text => TrackId.TryParse(text, out var id)
            ? id
            : throw new RpcException(RpcStatusCode.InvalidArgument, $"'{text}' is not a track id."))];
    }

    private static async Task<T> AnswerAsync<T>(Func<Task<T>> answer)
    {
        try
        {
            return await answer();
        }
        catch (AccessDeniedException denied)
        {
            throw new RpcException(RpcStatusCode.Unauthenticated, denied.Message, innerException: denied);
        }
        catch (AccessPointException refused)
        {
            // What the access point said of the question itself is passed on; all else means that it can't be asked.
            var said = (refused.InnerException as RpcException)?.Code;
            var isAnswer = said is RpcStatusCode.NotFound or RpcStatusCode.InvalidArgument;
            var code = isAnswer ? said!.Value : RpcStatusCode.Unavailable;
            throw new RpcException(code, refused.Message, innerException: refused);
        }
        catch (PlaybackException failed)
        {
            throw new RpcException(RpcStatusCode.FailedPrecondition, failed.Message, innerException: failed);
        }
        catch (ObjectDisposedException ended)
        {
            throw new RpcException(RpcStatusCode.Unavailable, "The desktop daemon is stopping.", innerException: ended);
        }
    }
}
