using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Simulation.Tracks;

namespace SpotifyCore.Simulation.Access;

/// <summary>
/// Which client is to hear an advert before what it opens: once it has opened so much music since the last one, and until
/// it says that it was played, which nobody believes before its length is over. The rule of the access point in short: there
/// the clock counts beside the lengths.
/// </summary>
/// <param name="options">Which, and after how much music.</param>
/// <param name="tracks">How long tracks are.</param>
internal sealed class SimAdverts(WorldOptions options, TrackLibrary tracks)
{
    private readonly Dictionary<int, Listening> _listening = [];
    private ulong _given;

    /// <summary>Times that adverts were heard to their end.</summary>
    public int Heard { get; private set; }

    /// <summary>Whether there are any.</summary>
    public bool Any => options.Adverts.Count > 0;

    /// <summary>A client opens a track: the advert that comes before it; null where none is due, and the track counts.</summary>
    public SimAdvert? Take(int client, int track, AdvertOutcome last, Instant now)
    {
        if (!Any)
            return null;

        var known = _listening.GetValueOrDefault(client, new Listening(TimeSpan.Zero, null));
        if (known.Due is { } due)
        {
            var wait = due.Until - now;
            if (due.Advert.Impression != last.Impression || wait > TimeSpan.Zero)
                return due.Advert with { Wait = wait > TimeSpan.Zero ? wait : TimeSpan.Zero };

            Heard += last.IsFailed ? 0 : 1;
            known = new Listening(TimeSpan.Zero, null);
        }
        else if (known.Music >= options.AdvertEvery)
        {
            var advert = options.Adverts[(int)(_given++ % (ulong)options.Adverts.Count)];
            var length = tracks.ManifestOf(advert).Duration;
            var given = new SimAdvert(advert, new ImpressionId(new Id128(_given, (ulong)client)), length);
            _listening[client] = known with { Due = (given, now + length) };
            return given;
        }

        _listening[client] = known with { Music = known.Music + tracks.ManifestOf(track).Duration };
        return null;
    }

    private readonly record struct Listening(TimeSpan Music, (SimAdvert Advert, Instant Until)? Due);
}
