using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Services;

/// <summary>
/// Which client of each account plays, where an account plays on one device at a time: of two it is the one that was not
/// asked to just now that is told so, else the one that played. Safe for many threads.
/// </summary>
/// <param name="isOne">False when accounts play on as many devices as they like.</param>
internal sealed class AccountStreams(bool isOne)
{
    private readonly Lock _guard = new();

    // By account.
    private readonly Dictionary<long, LivePresence> _playing = [];

    /// <summary>A client plays.</summary>
    /// <param name="presence">The client.</param>
    /// <param name="isResumed">True when nobody asked it to just now.</param>
    public void Play(LivePresence presence, bool isResumed)
    {
        if (!isOne)
            return;

        lock (_guard)
        {
            var account = presence.Session.Account.Id;
            var other = _playing.TryGetValue(account, out var playing) && playing.Peer != presence.Peer ? playing : null;
            if (other is not null && isResumed)
            {
                Tell(presence, by: other);
                return;
            }

            _playing[account] = presence;
            if (other is not null)
                Tell(other, by: presence);
        }
    }

    /// <summary>A client does not play any more.</summary>
    public void Stop(LivePresence presence)
    {
        lock (_guard)
        {
            if (_playing.GetValueOrDefault(presence.Session.Account.Id) == presence)
                _playing.Remove(presence.Session.Account.Id);
        }
    }

    // Who does not read what it is told has to come online anew, and hears it then.
    private static void Tell(LivePresence presence, LivePresence by)
    {
        // A program with an app password learns nothing of the account.
        var device = presence.Session.IsForStreamingAlone ? "" : by.Session.Device;
        if (!presence.TryTell(new ServerNotice { Taken = new PlayingTaken { Device = device } }))
            presence.End();
    }
}
