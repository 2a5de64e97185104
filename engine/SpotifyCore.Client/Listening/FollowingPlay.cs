using SpotifyCore.Client.Shell;
using SpotifyCore.Content.Identity;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Listening;

/// <summary>The play that follows by itself, and what the core was told of it. Everything on the loop.</summary>
internal sealed class FollowingPlay(PlayerHand hand, CoreDriver driver, bool isPaced)
{
    private PlayId _announced;

    /// <summary>The play; null when none is known yet.</summary>
    public ActivePlay? Play { get; private set; }

    /// <summary>It takes the place of the current one, which has ended for the core too.</summary>
    public ActivePlay? TakeOver()
    {
        var play = Play;
        Forget();
        return play;
    }

    /// <summary>
    /// Another play takes the place of the current one: what was to follow does not, unless it is that.
    /// </summary>
    public void GiveWay(ActivePlay chosen)
    {
        Play = null;
        if (chosen.Id == _announced)
            _announced = PlayId.None;
    }

    /// <summary>True when this is what follows, and the core knows it.</summary>
    public bool Is(long? entry) => entry == Play?.Entry.Id && (Play?.Id ?? PlayId.None) == _announced;

    /// <summary>This follows now; the core is told.</summary>
    public void Announce(ActivePlay? play)
    {
        hand.Withdraw(Play);
        Play = play;
        _announced = play?.Id ?? PlayId.None;
        driver.Raise(ClientEvent.NextAnnounced(_announced, play?.Track.Id ?? default, isPaced));
    }

    /// <summary>Nothing follows; the core is not told.</summary>
    public void TakeBack()
    {
        hand.Withdraw(Play);
        Forget();
    }

    /// <summary>Nothing follows, and nothing is known of what did; neither player nor core is told.</summary>
    public void Forget() => (Play, _announced) = (null, PlayId.None);

    /// <summary>Tells the core that nothing follows, unless something was announced meanwhile.</summary>
    public void TellNothing()
    {
        if (_announced == PlayId.None)
            driver.Raise(ClientEvent.NextAnnounced(PlayId.None, default, isPaced));
    }
}
