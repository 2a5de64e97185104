using System.Data.Common;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Logging;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Searching;

/// <summary>
/// Counts plays: openings of a track, once an account and track in an hour at least. A play costs no write of its own:
/// those of five seconds are written together, and no more than those can get lost. Safe for many threads.
/// </summary>
internal sealed class PlayCounts : IAsyncDisposable
{
    private const int MaxRemembered = 100_000;

    private static readonly TimeSpan WriteAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OnceIn = TimeSpan.FromHours(1);

    private readonly CatalogueWriter _catalogue;
    private readonly CatalogueIndex _index;
    private readonly TimeProvider _time;
    private readonly ILogger<PlayCounts> _logger;
    private readonly Lock _guard = new();
    private readonly ITimer _writing;
    private Dictionary<TrackId, int> _unwritten = [];
    private HashSet<(long Account, TrackId Track)> _latest = [];
    private HashSet<(long Account, TrackId Track)> _earlier = [];
    private Instant _latestSince;

    /// <summary>Counts none yet.</summary>
    public PlayCounts(CatalogueWriter catalogue, CatalogueIndex index, TimeProvider time, ILogger<PlayCounts> logger)
    {
        (_catalogue, _index, _time, _logger) = (catalogue, index, time, logger);
        _writing = time.CreateTimer(
            static counts => ((PlayCounts)counts!).Write(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>An account's client has opened a track, to play it.</summary>
    public void Count(long account, TrackId track)
    {
        lock (_guard)
        {
            ForgetOld(_time.GetInstant());
            if (_earlier.Contains((account, track)) || !_latest.Add((account, track)))
                return;

            if (_unwritten.Count == 0)
                _writing.Change(WriteAfter, Timeout.InfiniteTimeSpan);

            _unwritten[track] = _unwritten.GetValueOrDefault(track) + 1;
        }
    }

    /// <summary>Writes what is not written yet.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writing.DisposeAsync();
        Write();
    }

    private void ForgetOld(Instant now)
    {
        if (now - _latestSince < OnceIn && _latest.Count < MaxRemembered)
            return;

        (_earlier, _latest, _latestSince) = (now - _latestSince < 2 * OnceIn ? _latest : [], [], now);
    }

    private void Write()
    {
        Dictionary<TrackId, int> counted;
        lock (_guard)
        {
            if (_unwritten.Count == 0)
                return;

            (counted, _unwritten) = (_unwritten, []);
        }

        try
        {
            _catalogue.AddPlays(counted);
        }
        catch (DbException failure)
        {
            _logger.PlaysLost(counted.Count, failure.Message);
            return;
        }

        _index.Follow();
    }
}
