using System.Collections.Concurrent;
using SpotifyCore.Client;
using SpotifyCore.Client.Catalogue;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Control;

/// <summary>
/// What the daemon has seen of the catalogue lately, so that a track of which a program has the id alone gets its
/// title. Bounded; safe for many threads.
/// </summary>
internal sealed class KnownTracks(SpotifyClient client)
{
    private const int Limit = 20_000;
    private const int LookUps = 200;
    private const int LookUpsAtOnce = 16;

    private readonly ConcurrentDictionary<TrackId, TrackInfo> _tracks = new();

    /// <summary>Remembers tracks as the catalogue describes them.</summary>
    public void Learn(IEnumerable<TrackInfo> tracks)
    {
        if (_tracks.Count > Limit)
            _tracks.Clear();

        foreach (var track in tracks)
        {
            if (track.Title.Length > 0)
                _tracks[track.Id] = track;
        }
    }

    /// <summary>What is known of a track, its id at least.</summary>
    public TrackInfo Of(TrackId track) => _tracks.GetValueOrDefault(track) ?? TrackInfo.Unknown(track);

    /// <summary>What is known of a track that may be described already.</summary>
    public TrackInfo Of(TrackInfo track) => track.Title.Length > 0 ? track : Of(track.Id);

    /// <summary>Asks the access point for what is not known, so far as it answers; 200 tracks at most.</summary>
    public async Task LookUpAsync(IEnumerable<TrackInfo> tracks)
    {
        if (!(await client.GetStatusAsync()).IsOnline)
            return;

        var unknown = tracks.Where(track => Of(track).Title.Length == 0).Select(static track => track.Id).Distinct();
        foreach (var some in unknown.Take(LookUps).Chunk(LookUpsAtOnce))
            await Task.WhenAll(some.Select(track => LookUpAsync(track)));
    }

    private async Task LookUpAsync(TrackId track)
    {
        try
        {
            Learn([await client.GetTrackAsync(track)]);
        }
        catch (Exception failure) when (failure is AccessPointException or AccessDeniedException)
        {
            // Its id has to do.
        }
    }
}
