using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts;

namespace SpotifyCore.Client.Catalogue;

/// <summary>Turns the contract's tracks into the facade's, their texts plain.</summary>
internal static class TrackInfos
{
    /// <summary>The track; one whose id is malformed keeps the id zero, which names nothing.</summary>
    public static TrackInfo ToInfo(this Track track)
    {
        return new TrackInfo(
            TrackId.TryParse(track.Track_, out var id) ? id : default,
            PlainText.Of(track.Title),
            [.. track.Artists.Select(PlainText.Of)],
            track.Album,
            PlainText.Of(track.AlbumTitle),
            track.Disc,
            track.Number,
            TimeSpan.FromMilliseconds(track.DurationMs),
            track.Year,
            PlainText.Of(track.Genre),
            track.Cover,
            [.. track.BitsPerSecond])
        {
            AlbumTracks = track.AlbumTracks,
        };
    }
}
