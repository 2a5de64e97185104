using SpotifyCore.Content.Time;
using SpotifyCore.Playback.Output;

namespace SpotifyCore.Client;

/// <summary>Goes on with what another device of the account plays. Safe for many threads.</summary>
public sealed class HandoverClient
{
    private readonly ClientComposition _parts;
    private readonly TimeProvider _time;

    internal HandoverClient(ClientComposition parts, TimeProvider time) => (_parts, _time) = (parts, time);

    /// <summary>
    /// Plays here what the account plays, from where it is: its queue, in place of the one here, its order and its repeat.
    /// The device that plays it is paused. Completes when it sounds.
    /// </summary>
    /// <exception cref="AccessDeniedException">Nobody is logged in.</exception>
    /// <exception cref="AccessPointException">The account plays nothing, or the access point can't be reached.</exception>
    /// <exception cref="PlaybackException">It plays here, or it can't be played, as for <see cref="SpotifyClient.PlayAsync
    /// (IReadOnlyList{Catalogue.TrackInfo})"/>.</exception>
    public async Task<TakenPlay> PlayHereAsync(CancellationToken cancellationToken = default)
    {
        var clickedAt = _time.GetInstant();
        var plays = await AccessFailures.MapAsync(() =>
            _parts.AccessPoint.Account.Length == 0
                ? throw new AccessDeniedException("Nobody is logged in.")
                : _parts.Handover.FetchAsync(cancellationToken));
        var outcome = await await _parts.CallAsync(() => plays.Client == _parts.Id && _parts.Commands.IsPlaying
            ? throw new PlaybackException("The account plays on this device.")
            : _parts.Commands.TakeOverAsync(plays.Snapshot, plays.Tracks, clickedAt));
        var play = outcome.Play ?? throw new PlaybackException(outcome.Reason) { NeedsLogin = outcome.NeedsLogin };
        return new TakenPlay(
            await _parts.CallAsync(() => _parts.Playing.Of(play)),
            plays.Device,
            AudioFormat.DurationOf(plays.Snapshot.Place.Sample));
    }
}
