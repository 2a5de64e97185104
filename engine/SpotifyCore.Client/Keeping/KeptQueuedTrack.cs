using SpotifyCore.Content.Identity;

namespace SpotifyCore.Client.Keeping;

/// <summary>A track of a kept queue, with as much of its description as is shown.</summary>
/// <param name="Id">Its id, as text.</param>
/// <param name="Title">Its title; empty when it was not known.</param>
/// <param name="Artists">Who performs it.</param>
/// <param name="AlbumId">Its album, or empty.</param>
/// <param name="Album">The album's title, or empty.</param>
/// <param name="Milliseconds">How long it sounds.</param>
internal sealed record KeptQueuedTrack(
    string Id, string Title, string[] Artists, string AlbumId, string Album, long Milliseconds)
{
    /// <summary>The track; null when the id is none.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public TrackInfo? Info => TrackId.TryParse(Id, out var id)
        ? TrackInfo.Unknown(id) with
        {
            Title = Title ?? "",
            Artists = Artists ?? [],
            AlbumId = AlbumId ?? "",
            Album = Album ?? "",
            Duration = TimeSpan.FromMilliseconds(Milliseconds),
        }
        : null;

    /// <summary>As it is kept.</summary>
    public static KeptQueuedTrack Of(TrackInfo track) => new(
        track.Id.ToString(),
        track.Title,
        [.. track.Artists],
        track.AlbumId,
        track.Album,
        (long)track.Duration.TotalMilliseconds);
}
