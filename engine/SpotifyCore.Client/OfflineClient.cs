using System.Runtime.CompilerServices;
using SpotifyCore.Client.Offline;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts;

namespace SpotifyCore.Client;

/// <summary>
/// What a listener does with music that is kept offline: albums and tracks, each file whole beside the cache, to be played
/// without a network for 30 days since the access point was reached. Safe for many threads.
/// </summary>
public sealed class OfflineClient
{
    private readonly ClientComposition _parts;
    private readonly TimeProvider _time;

    internal OfflineClient(ClientComposition parts, TimeProvider time) => (_parts, _time) = (parts, time);

    /// <summary>Keeps an album: as the catalogue has it now. It comes by and by, with what the line has left.</summary>
    /// <exception cref="AccessDeniedException">Nobody is logged in, or the plan keeps nothing here.</exception>
    /// <exception cref="AccessPointException">There is no such album, the account has its devices, this device its tracks,
    /// or the access point can't be reached.</exception>
    /// <exception cref="OfflineException">There is no room for it, or it can't be written.</exception>
    public Task<OfflineItem> AddAlbumAsync(string album, CancellationToken cancellationToken = default) =>
        AccessFailures.MapAsync(async () =>
        {
            var request = new GetAlbumRequest { Album = album };
            var found = await _parts.AccessPoint.CallAsync(
                (calls, options) => calls.GetAlbumAsync(request, options), cancellationToken: cancellationToken);
            return await AddAsync(OfflineEntry.Of(SpotifyClient.InfoOf(found)), cancellationToken);
        });

    /// <summary>Keeps a track, likewise.</summary>
    /// <exception cref="AccessDeniedException">As there.</exception>
    /// <exception cref="AccessPointException">As there.</exception>
    /// <exception cref="OfflineException">As there.</exception>
    public Task<OfflineItem> AddTrackAsync(TrackId track, CancellationToken cancellationToken = default) =>
        AccessFailures.MapAsync(async () =>
        {
            var request = new GetTrackRequest { Track = track.ToString() };
            var found = await _parts.AccessPoint.CallAsync(
                (calls, options) => calls.GetTrackAsync(request, options), cancellationToken: cancellationToken);
            return await AddAsync(OfflineEntry.Of(Catalogue.TrackInfos.ToInfo(found)), cancellationToken);
        });

    /// <summary>Keeps something no more, and deletes what nothing else that is kept has of it.</summary>
    /// <returns>False where it was not kept.</returns>
    /// <exception cref="OfflineException">The disk does not take that.</exception>
    public Task<bool> RemoveAsync(OfflineKind kind, string id) => _parts.Offline.RemoveAsync(kind, id);

    /// <summary>What is kept, or is to be, in the order in which that was said.</summary>
    public IReadOnlyList<OfflineItem> List() => [.. _parts.Library.List.Entries.Select(ItemOf)];

    /// <summary>How it stands.</summary>
    public async Task<OfflineStatus> GetStatusAsync()
    {
        var current = await _parts.CallAsync(() => _parts.Keeping.Current);
        var library = _parts.Library;
        var wanted = library.Wanted().ToArray();
        var progress = current is { File: { } file } ? library.Files.ProgressOf(file) : null;
        var bytes = library.Files.Bytes;
        return new OfflineStatus(wanted.Length, wanted.Count(track => library.IsKept(track.Id)))
        {
            Bytes = bytes,
            MaxBytes = library.Room.MaxBytes(bytes),
            Fetching = wanted.FirstOrDefault(track => track.Id == current?.Track)?.Title ?? "",
            FetchedBytes = progress?.Here ?? 0,
            FetchingBytes = progress?.Length ?? 0,
            Until = library.Right.Until,
            Refusal = wanted.Length > 0 ? library.Right.Refusal() : "",
            IsComing = library.Missing().Length > 0,
        };
    }

    /// <summary>How it stands, now and each time that has changed, at most once an interval; until cancelled.</summary>
    public async IAsyncEnumerable<OfflineStatus> WatchAsync(
        TimeSpan interval, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var timer = new PeriodicTimer(interval, _time);
        OfflineStatus? last = null;
        do
        {
            var status = await GetStatusAsync();
            if (status != last)
                yield return last = status;
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>The devices on which the account keeps music, the latest seen first.</summary>
    /// <exception cref="AccessDeniedException">Nobody is logged in.</exception>
    /// <exception cref="AccessPointException">The access point can't be reached.</exception>
    public Task<IReadOnlyList<OfflineDeviceInfo>> ListDevicesAsync(CancellationToken cancellationToken = default) =>
        AccessFailures.MapAsync<IReadOnlyList<OfflineDeviceInfo>>(async () =>
        {
            var list = await _parts.AccessPoint.CallOfflineAsync(
                static (calls, options) => calls.ListOfflineDevicesAsync(new ListOfflineDevicesRequest(), options),
                cancellationToken);
            return [.. list.Devices.Where(static device => device.Client.Length == PeerId.Size).Select(static device =>
                new OfflineDeviceInfo(
                    PeerId.Read(device.Client.Span), PlainText.Of(device.Device), device.Tracks,
                    DateTimeOffset.FromUnixTimeMilliseconds(device.SeenUnixMs), device.Current))];
        });

    /// <summary>Ends a device with all that it keeps; it learns of that when it is in touch.</summary>
    /// <exception cref="AccessDeniedException">Nobody is logged in.</exception>
    /// <exception cref="AccessPointException">There is none such, or the access point can't be reached.</exception>
    public Task GiveUpDeviceAsync(PeerId client, CancellationToken cancellationToken = default) =>
        AccessFailures.MapAsync(async () =>
        {
            await _parts.Offline.GiveUpAsync(client, cancellationToken);
            return true;
        });

    private async Task<OfflineItem> AddAsync(OfflineEntry entry, CancellationToken cancellationToken)
    {
        await _parts.Offline.AddAsync(entry, cancellationToken);
        return ItemOf(entry);
    }

    private OfflineItem ItemOf(OfflineEntry entry)
    {
        var tracks = entry.Infos.Select(static track => track.Id).Distinct().ToArray();
        return new OfflineItem(entry.Kind, entry.Id, entry.Title, entry.Artists)
        {
            Tracks = tracks.Length,
            Kept = tracks.Count(_parts.Library.IsKept),
            Problem = tracks.Select(_parts.Library.ProblemOf).FirstOrDefault(static problem => problem.Length > 0) ?? "",
        };
    }
}
