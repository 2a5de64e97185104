using SpotifyCore.Client.Catalogue;
using SpotifyCore.Client.Keeping;

namespace SpotifyCore.Client.Offline;

/// <summary>An album or a track that is to be kept, as that is on disk.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Artists">Who performs it.</param>
/// <param name="Tracks">Its tracks.</param>
internal sealed record OfflineEntry(
    OfflineKind Kind, string Id, string Title, string[] Artists, KeptQueuedTrack[] Tracks)
{
    /// <summary>True when it can be what was written.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsSound => Id is not null && Title is not null && Artists is not null && Tracks is not null
        && Array.TrueForAll(Tracks, static track => track?.Info is not null);

    /// <summary>Its tracks.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<TrackInfo> Infos => Tracks.Select(static track => track.Info!);

    /// <summary>Of an album, as the catalogue has it now.</summary>
    public static OfflineEntry Of(AlbumInfo album) => new(
        OfflineKind.Album, album.Id, album.Title, [.. album.Artists], [.. album.Tracks.Select(KeptQueuedTrack.Of)]);

    /// <summary>Of a track.</summary>
    public static OfflineEntry Of(TrackInfo track) => new(
        OfflineKind.Track, track.Id.ToString(), track.Title, [.. track.Artists], [KeptQueuedTrack.Of(track)]);
}
