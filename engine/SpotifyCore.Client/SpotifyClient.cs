using System.Runtime.CompilerServices;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Client.Catalogue;
using SpotifyCore.Client.Listening;
using SpotifyCore.Client.Uploading;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Text;
using SpotifyCore.Content.Time;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Queueing;
using SpotifyCore.Playback.Playing;

namespace SpotifyCore.Client;

/// <summary>
/// A listener's client: logs in, finds tracks, plays them from the nearest tier that has them, keeps what was played
/// and serves it to other listeners. Safe for many threads.
/// </summary>
public sealed class SpotifyClient : IAsyncDisposable
{
    /// <summary>The longest time for which two tracks sound together.</summary>
    public static TimeSpan LongestCrossfade => Player.LongestCrossfade;

    private readonly ClientComposition _parts;
    private readonly TimeProvider _time;

    private SpotifyClient(ClientComposition parts, TimeProvider time)
    {
        _parts = parts;
        _time = time;
        Accounts = new AccountClient(parts.AccessPoint);
        SignIns = new SignInClient(parts);
        Offline = new OfflineClient(parts, time);
        Handover = new HandoverClient(parts, time);
    }

    /// <summary>This client's id, which other listeners see.</summary>
    public PeerId Id => _parts.Id;

    /// <summary>Port at which other listeners are accepted; 0 when none are.</summary>
    public int ListenPort => _parts.ListenPort;

    /// <summary>Who is logged in; empty when nobody is.</summary>
    public string Account => _parts.AccessPoint.Account;

    /// <summary>Makes accounts, and changes the one that is logged in.</summary>
    public AccountClient Accounts { get; }

    /// <summary>Logs in through providers of OpenID Connect, and links the account with them.</summary>
    public SignInClient SignIns { get; }

    /// <summary>Keeps music for times without a network.</summary>
    public OfflineClient Offline { get; }

    /// <summary>Goes on with what another device of the account plays.</summary>
    public HandoverClient Handover { get; }

    /// <summary>
    /// Opens the cache and the output, and listens for peers. What is cached can be played at once; the rest after a
    /// login, of this run or of an earlier one that has not ended.
    /// </summary>
    /// <exception cref="IOException">The data directory, the output or the port can't be had; the message says
    /// which.</exception>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    public static async Task<SpotifyClient> StartAsync(
        SpotifyClientOptions options,
        TimeProvider? time = null,
        ILoggerFactory? logs = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        time ??= TimeProvider.System;
        return new SpotifyClient(
            await ClientComposition.StartAsync(options, time, logs ?? NullLoggerFactory.Instance, cancellationToken), time);
    }

    /// <summary>Logs in and goes online.</summary>
    /// <exception cref="AccessDeniedException">The name or the password is wrong.</exception>
    /// <exception cref="AccessPointException">The access point can't be reached.</exception>
    public Task LogInAsync(string name, string password, CancellationToken cancellationToken = default) =>
        AccessFailures.MapAsync(async () =>
        {
            await _parts.LogInAsync(name, password, cancellationToken);
            return true;
        });

    /// <summary>Stops, goes offline, ends the session and forgets the kept keys.</summary>
    public async Task LogOutAsync()
    {
        await StopAsync();
        await _parts.LogOutAsync();
    }

    /// <summary>
    /// Finds tracks by words of their title, artist and album, best first; while the access point can't be reached, among
    /// those that are cached.
    /// </summary>
    /// <exception cref="AccessDeniedException">Nobody is logged in.</exception>
    /// <exception cref="AccessPointException">The access point refuses.</exception>
    public Task<SearchResult> SearchAsync(
        string query, int limit = 20, int offset = 0, CancellationToken cancellationToken = default) =>
        SearchAsync(new CatalogueSearch(query) { Limit = limit, Offset = offset }, cancellationToken);

    /// <summary>
    /// Finds tracks in any order, and artists and albums beside them; while the access point can't be reached, only
    /// tracks that are cached, by their titles.
    /// </summary>
    /// <exception cref="AccessDeniedException">Nobody is logged in.</exception>
    /// <exception cref="AccessPointException">The access point refuses.</exception>
    public Task<SearchResult> SearchAsync(CatalogueSearch search, CancellationToken cancellationToken = default) =>
        AskAsync(async () =>
        {
            var request = new SearchRequest
            {
                Query = search.Query,
                Limit = search.Limit,
                Offset = search.Offset,
                Order = (SearchOrder)search.Order,
                Groups = search.Groups,
                GroupOffset = search.GroupOffset,
            };
            var reply = await _parts.AccessPoint.CallAsync(
                (calls, options) => calls.SearchAsync(request, options), hasElse: true, cancellationToken);
            return new SearchResult([.. reply.Tracks.Select(track => track.ToInfo())], reply.More)
            {
                IsIncomplete = reply.Incomplete,
                Artists = [.. reply.Artists.Select(PlainText.Of)],
                Albums = [.. reply.Albums.Select(InfoOf)],
            };
        },
        () => _parts.Cached.Search(search));

    /// <summary>Lists artists, albums or tracks in the order of their letters.</summary>
    /// <exception cref="AccessDeniedException">Nobody is logged in.</exception>
    /// <exception cref="AccessPointException">The access point refuses, or can't be reached.</exception>
    public Task<NamePage> ListNamesAsync(NameListing listing, CancellationToken cancellationToken = default) =>
        AccessFailures.MapAsync(async () =>
        {
            var request = listing.ToRequest();
            var reply = await _parts.AccessPoint.CallAsync(
                (calls, options) => calls.ListNamesAsync(request, options), cancellationToken: cancellationToken);
            return new NamePage(
                [.. reply.Artists.Select(PlainText.Of)], [.. reply.Albums.Select(InfoOf)],
                [.. reply.Tracks.Select(static track => track.ToInfo())], reply.Next)
            {
                IsIncomplete = reply.Incomplete,
            };
        });

    /// <summary>Looks a track up.</summary>
    /// <exception cref="AccessDeniedException">Nobody is logged in.</exception>
    /// <exception cref="AccessPointException">There is no such track, or the access point can't be reached.</exception>
    public Task<TrackInfo> GetTrackAsync(TrackId track, CancellationToken cancellationToken = default) =>
        AccessFailures.MapAsync(async () =>
        {
            var request = new GetTrackRequest { Track = track.ToString() };
            var reply = await _parts.AccessPoint.CallAsync(
                (calls, options) => calls.GetTrackAsync(request, options), cancellationToken: cancellationToken);
            return reply.ToInfo();
        });

    /// <summary>
    /// Looks an album up, with its tracks; while the access point can't be reached, with those that are cached.
    /// </summary>
    /// <exception cref="AccessDeniedException">Nobody is logged in.</exception>
    /// <exception cref="AccessPointException">There is no such album, or the access point can't be reached.</exception>
    public Task<AlbumInfo> GetAlbumAsync(string album, CancellationToken cancellationToken = default) =>
        AskAsync(async () =>
        {
            var request = new GetAlbumRequest { Album = album };
            var reply = await _parts.AccessPoint.CallAsync(
                (calls, options) => calls.GetAlbumAsync(request, options), hasElse: true, cancellationToken);
            return InfoOf(reply);
        },
        () => _parts.Cached.FindAlbum(album));

    /// <summary>Fetches a cover.</summary>
    /// <exception cref="AccessDeniedException">Nobody is logged in.</exception>
    /// <exception cref="AccessPointException">There is no such cover, or the access point can't be reached.</exception>
    public Task<CoverImage> GetCoverAsync(string cover, CancellationToken cancellationToken = default) =>
        AccessFailures.MapAsync(async () =>
        {
            var mediaType = "";
            using var data = new MemoryStream();
            var request = new GetCoverRequest { Cover = cover };
            using var parts = _parts.AccessPoint.Stream(
                (calls, options) => calls.GetCover(request, options), cancellationToken);
            await foreach (var part in parts.ResponseStream.ReadAllAsync(cancellationToken))
            {
                mediaType = part.MediaType.Length > 0 ? part.MediaType : mediaType;
                part.Data.WriteTo(data);
            }

            return new CoverImage(mediaType, data.ToArray());
        });

    /// <summary>
    /// Plays tracks in place of the queue, shuffled behind the first while shuffle is on; completes when the first of
    /// them sounds.
    /// </summary>
    /// <exception cref="PlaybackException">
    /// The first can't be played, or the listener stopped, paused or chose another before it sounded. If something
    /// played, that and its queue stay as they are, or come back where they were; else the next, if any, goes on. Or an
    /// advert plays.
    /// </exception>
    /// <exception cref="ArgumentException">There is no track.</exception>
    /// <returns>The play of the first, or of an advert that comes before it, as far as it has come.</returns>
    public async Task<PlayReport> PlayAsync(params IReadOnlyList<TrackInfo> tracks)
    {
        ArgumentNullException.ThrowIfNull(tracks);
        ArgumentOutOfRangeException.ThrowIfZero(tracks.Count);
        var (clickedAt, seed) = (_time.GetInstant(), NextSeed());

        // The call ends at once; what it brings back, once the first sounds.
        var outcome = await await _parts.CallAsync(() => _parts.Commands.PlayAsync(tracks, clickedAt, seed));
        return outcome.Play is { } play
            ? await _parts.CallAsync(() => _parts.Playing.Of(play))
            : throw new PlaybackException(outcome.Reason) { NeedsLogin = outcome.NeedsLogin };
    }

    /// <summary>
    /// As <see cref="PlayAsync(IReadOnlyList{TrackInfo})"/>, for tracks of which only the ids are at hand.
    /// </summary>
    /// <exception cref="PlaybackException">
    /// The first can't be played, or the listener stopped, paused or chose another before it sounded. If something
    /// played, that and its queue stay as they are, or come back where they were; else the next, if any, goes on.
    /// </exception>
    /// <exception cref="ArgumentException">There is no track.</exception>
    public Task<PlayReport> PlayAsync(params IReadOnlyList<TrackId> tracks) =>
        PlayAsync([.. tracks.Select(TrackInfo.Unknown)]);

    /// <summary>Puts tracks at the end of the queue; they play at once when nothing does.</summary>
    /// <exception cref="PlaybackException">The queue is full.</exception>
    public Task EnqueueAsync(params IReadOnlyList<TrackInfo> tracks) => EnqueueAsync(tracks, isNext: false);

    /// <summary>
    /// As <see cref="EnqueueAsync(IReadOnlyList{TrackInfo})"/>, for tracks of which only the ids are at hand.
    /// </summary>
    public Task EnqueueAsync(params IReadOnlyList<TrackId> tracks) =>
        EnqueueAsync([.. tracks.Select(TrackInfo.Unknown)]);

    /// <summary>Puts tracks, in their order, where they play next; they play at once when nothing does.</summary>
    /// <exception cref="PlaybackException">The queue is full.</exception>
    public Task EnqueueNextAsync(params IReadOnlyList<TrackInfo> tracks) => EnqueueAsync(tracks, isNext: true);

    /// <summary>The queue, from what plays on.</summary>
    public Task<IReadOnlyList<QueuedTrack>> GetQueueAsync() =>
        _parts.CallAsync<IReadOnlyList<QueuedTrack>>(() => _parts.Playing.Queued());

    /// <summary>Takes entries out of the queue; what plays, if it is one of them, gives way to what follows.</summary>
    /// <returns>How many of them there were.</returns>
    public Task<int> RemoveFromQueueAsync(params IReadOnlyList<long> entries)
    {
        long[] removed = [.. entries];
        var clickedAt = _time.GetInstant();
        return _parts.CallAsync(() => _parts.Commands.Raise(
            new EntriesRemoved(removed, clickedAt), queue => removed.Distinct().Count(queue.Contains)));
    }

    /// <summary>Moves an entry that has not played; place 1 is what plays next, past the end is the end.</summary>
    /// <returns>False when there is none such.</returns>
    /// <exception cref="ArgumentException">The place is below 1.</exception>
    public Task<bool> MoveInQueueAsync(long entry, int place)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(place, 1);
        return _parts.CallAsync(() => _parts.Commands.Raise(
            new EntryMoved(entry, place), queue => queue.MayMove(entry)));
    }

    /// <summary>Takes out everything but what plays.</summary>
    public Task ClearQueueAsync() => _parts.RaiseAsync(new QueueCleared());

    /// <summary>Plays an entry of the queue, which stays as it is.</summary>
    /// <returns>False, and nothing changes, when there is none such.</returns>
    /// <exception cref="PlaybackException">An advert plays.</exception>
    public async Task<bool> PlayEntryAsync(long entry)
    {
        var clickedAt = _time.GetInstant();
        var isThere = false;
        await GoAsync(() =>
        {
            isThere = _parts.Commands.IsQueued(entry);
            return isThere ? _parts.Commands.Go(new EntryChosen(entry, clickedAt)) : "";
        });
        return isThere;
    }

    /// <summary>What happens at the end of a track and of the queue.</summary>
    public Task SetRepeatAsync(RepeatMode repeat) => _parts.RaiseAsync(new RepeatChosen(repeat));

    /// <summary>Puts what has not played yet in a random order, or the queue in its own again.</summary>
    public Task SetShuffleAsync(bool isShuffled) => _parts.RaiseAsync(new ShuffleChosen(isShuffled, NextSeed()));

    /// <summary>Sets how loud it sounds, in percent; 100 leaves the samples as they are.</summary>
    /// <exception cref="ArgumentException">Below 0 or above 100.</exception>
    public Task SetVolumeAsync(int percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        return _parts.RaiseAsync(new VolumeChosen(percent));
    }

    /// <summary>
    /// Sets how long the end of a track and the beginning of the next sound together; zero, as at first, for one directly
    /// behind the other. Neighbours on an album always follow without a gap or overlap.
    /// </summary>
    /// <exception cref="ArgumentException">Negative, or above <see cref="LongestCrossfade"/>.</exception>
    public Task SetCrossfadeAsync(TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, LongestCrossfade);
        return _parts.RaiseAsync(new CrossfadeChosen(length));
    }

    /// <summary>Stops the sound where it is.</summary>
    public Task PauseAsync() => _parts.RaiseAsync(new PauseRequested());

    /// <summary>Lets the sound go on.</summary>
    public Task ResumeAsync() => _parts.RaiseAsync(new ResumeRequested());

    /// <summary>Goes to a place in the track that plays; past its end is its end.</summary>
    /// <exception cref="PlaybackException">An advert plays.</exception>
    public Task SeekAsync(TimeSpan position) => GoAsync(() => _parts.Commands.Seek(position));

    /// <summary>Goes to the next track of the queue; stops after the last.</summary>
    /// <exception cref="PlaybackException">An advert plays.</exception>
    public Task NextAsync()
    {
        var clickedAt = _time.GetInstant();
        return GoAsync(() => _parts.Commands.Go(new SkipRequested(clickedAt)));
    }

    /// <summary>Goes to the track before, or to the start of this one once 3 s of it were heard.</summary>
    /// <exception cref="PlaybackException">An advert plays.</exception>
    public Task PreviousAsync()
    {
        var clickedAt = _time.GetInstant();
        return GoAsync(() => _parts.Commands.Go(new BackRequested(clickedAt)));
    }

    /// <summary>Ends the sound and empties the queue.</summary>
    public Task StopAsync() => _parts.RaiseAsync(new PlaybackStopped());

    /// <summary>Completes once nothing plays any more and all of it was heard, or is in the file.</summary>
    public async Task WhenStoppedAsync(CancellationToken cancellationToken = default) =>
        await (await _parts.CallAsync(_parts.WhenStoppedAsync)).WaitAsync(cancellationToken);

    /// <summary>What plays now.</summary>
    public Task<PlayerStatus> GetStatusAsync() => _parts.CallAsync(_parts.Playing.Status);

    /// <summary>What the client has done since it was started.</summary>
    public Task<ClientStatistics> GetStatisticsAsync() => _parts.CallAsync(() => _parts.Reports.Statistics(_parts.Playing));

    /// <summary>What goes up to other listeners now, how much so far, to whom, and why.</summary>
    public Task<UploadReport> GetUploadsAsync() => _parts.CallAsync(_parts.Reports.Uploads);

    /// <summary>
    /// Sets what may go up, at once and over restarts; null to go by the options again, also over restarts.
    /// </summary>
    /// <exception cref="ArgumentException">A figure is negative.</exception>
    /// <returns>How it stands then.</returns>
    public Task<UploadReport> SetUploadsAsync(UploadSettings? settings)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(settings?.MaxBytesPerSecond ?? 0, nameof(settings));
        ArgumentOutOfRangeException.ThrowIfNegative(settings?.MonthlyBytes ?? 0, nameof(settings));
        var chosen = settings is null ? null : settings with { };
        return _parts.CallAsync(() =>
        {
            _parts.Uploads.Choose(chosen);
            return _parts.Reports.Uploads();
        });
    }

    /// <summary>What plays, now and each time it has changed, at most once an interval; until cancelled.</summary>
    public async IAsyncEnumerable<PlayerStatus> WatchAsync(
        TimeSpan interval, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var timer = new PeriodicTimer(interval, _time);
        PlayerStatus? last = null;
        do
        {
            var status = await GetStatusAsync();
            if (status != last)
                yield return last = status;
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>Stops, writes the cache out and closes everything.</summary>
    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private async Task EnqueueAsync(IReadOnlyList<TrackInfo> tracks, bool isNext)
    {
        var clickedAt = _time.GetInstant();
        if (!await _parts.CallAsync(() => _parts.Commands.TryEnqueue(tracks, clickedAt, isNext)))
            throw new PlaybackException(PlaybackCommands.QueueIsFull);
    }

    private async Task GoAsync(Func<string> go)
    {
        if (await _parts.CallAsync(go) is { Length: > 0 } reason)
            throw new PlaybackException(reason);
    }

    private static ulong NextSeed() => (ulong)Random.Shared.NextInt64();

    private async Task<T> AskAsync<T>(Func<Task<T>> question, Func<T?> offline)
        where T : class => await AccessFailures.MapAsync(async () =>
        {
            if (Account.Length == 0)
                throw new AccessDeniedException("Nobody is logged in.");

            try
            {
                return await question();
            }
            catch (RpcException failure) when (failure.MayPass())
            {
                if (offline() is { } kept)
                    return kept;

                throw;
            }
        });

    internal static AlbumInfo InfoOf(Album album)
    {
        TrackInfo[] tracks = [.. album.Tracks.Select(static track => track.ToInfo())];
        string[] artists = [.. album.Artists.Select(PlainText.Of)];
        return new AlbumInfo(album.Album_, PlainText.Of(album.Title), artists, album.Year, album.Cover, tracks)
        {
            Total = album.Total,
        };
    }
}
