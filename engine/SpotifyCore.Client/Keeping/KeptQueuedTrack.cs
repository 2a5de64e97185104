using SpotifyCore.Client.Catalogue;
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
    /// <summary>The track; null when the id is none, or the length none that the contract has.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public TrackInfo? Info => TrackId.TryParse(Id, out var id) && Milliseconds == (int)Milliseconds
        ? TrackInfo.Unknown(id) with
        {
            Title = Title ?? "",
            Artists = Artists ?? [],
            AlbumId = AlbumId ?? "",
            Album = Album ?? "",
            Duration = TimeSpan.FromMilliseconds(Milliseconds),
        }
        : null;

    /// <summary>True when another says the same.</summary>
    public bool IsSameAs(KeptQueuedTrack other) =>
        this == other with { Artists = Artists } && Artists.AsSpan().SequenceEqual(other.Artists);

    /// <summary>As it is kept.</summary>
    public static KeptQueuedTrack Of(TrackInfo track) => new(
        track.Id.ToString(),
        track.Title,
        [.. track.Artists],
        track.AlbumId,
        track.Album,
        (long)track.Duration.TotalMilliseconds);
}
