using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;

namespace SpotifyCore.Client.Access;

/// <summary>Turns the contract's tracks into the facade's.</summary>
internal static class TrackInfos
{
    /// <summary>The track; one whose id is malformed keeps the id zero, which names nothing.</summary>
    public static TrackInfo ToInfo(this Track track)
    {
        return new TrackInfo(
            TrackId.TryParse(track.Track_, out var id) ? id : default,
            track.Title,
            [.. track.Artists],
            track.Album,
            track.AlbumTitle,
            track.Disc,
            track.Number,
            TimeSpan.FromMilliseconds(track.DurationMs),
            track.Year,
            track.Genre,
            track.Cover,
            [.. track.BitsPerSecond]);
    }
}
