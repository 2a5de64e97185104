using SpotifyCore.Client.Shell;
using SpotifyCore.Content.Identity;
using SpotifyCore.Playback.Playing;

namespace SpotifyCore.Client.Listening;

/// <summary>
/// Carries what the player says from its thread to the loop. Progress, which comes many times a second, is merged and
/// costs no allocation; the rest comes a few times a track.
/// </summary>
internal sealed class PlayerReports(ClientLoop loop) : IPlayerListener, ILoopWork
{
    private readonly Lock _gate = new();
    private PlayId _play;
    private long _position;
    private bool _posted;

    /// <summary>Who hears the reports, on the loop; set before the player starts.</summary>
    public IPlayObserver Observer { private get; set; } = null!;

    /// <inheritdoc/>
    public void Advanced(PlayId play, uint nextChunk, long position)
    {
        lock (_gate)
        {
            (_play, _position) = (play, position);
            if (_posted)
                return;

            _posted = true;
        }

        loop.Post(this);
    }

    /// <inheritdoc/>
    public void Sounding(PlayId play, long timestamp) => Post(() => Observer.Sounding(play, timestamp));

    /// <inheritdoc/>
    public void Stuttered(PlayId play, TimeSpan length) =>
        Post(() => Observer.Stuttered(play, length));

    /// <inheritdoc/>
    public void SilenceChanged(PlayId play, bool isSilent) => Post(() => Observer.SilenceChanged(play, isSilent));

    /// <inheritdoc/>
    public void Ended(PlayId play, long samples, PlayEnd end, long timestamp) =>
        Post(() => Observer.Ended(play, samples, end == PlayEnd.Complete, timestamp));

    /// <inheritdoc/>
    public void Failed(PlayId play, PlayFailure failure, string reason) =>
        Post(() => Observer.Failed(play, reason, outputIsGone: failure == PlayFailure.Output));

    /// <inheritdoc/>
    public void Drained() => Post(() => Observer.Drained());

    /// <summary>Tells the observer how far the player has come.</summary>
    public void Run()
    {
        PlayId play;
        long position;
        lock (_gate)
        {
            (play, position) = (_play, _position);
            _posted = false;
        }

        Observer.Advanced(play, position);
    }

    private void Post(Action report) => loop.Post(new PostedAction(report));
}
