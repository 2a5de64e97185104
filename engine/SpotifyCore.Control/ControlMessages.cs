using Grpc.Core;
using SpotifyCore.Client;
using SpotifyCore.Client.Catalogue;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Core.Queueing;
using BytesBySource = SpotifyCore.Client.BytesBySource;
using PlayReport = SpotifyCore.Client.PlayReport;
using Message = SpotifyCore.Contracts;
using QueueEntry = SpotifyCore.Contracts.QueueEntry;
using Status = SpotifyCore.Contracts.Status;

namespace SpotifyCore.Control;

/// <summary>Turns what the client says into messages of the control API.</summary>
internal static class ControlMessages
{
    /// <summary>A track.</summary>
    public static Track ToMessage(this TrackInfo track)
    {
        var message = new Track
        {
            Track_ = track.Id.ToString(),
            Title = track.Title,
            Album = track.AlbumId,
            AlbumTitle = track.Album,
            Disc = track.Disc,
            Number = track.Number,
            DurationMs = (int)track.Duration.TotalMilliseconds,
            Year = track.Year,
            Genre = track.Genre,
            Cover = track.CoverId,
            AlbumTracks = track.AlbumTracks,
        };
        message.Artists.AddRange(track.Artists);
        message.BitsPerSecond.AddRange(track.BitsPerSecond);
        return message;
    }

    /// <summary>An album.</summary>
    public static Album ToMessage(this AlbumInfo album)
    {
        var message = new Album
        {
            Album_ = album.Id, Title = album.Title, Year = album.Year, Cover = album.CoverId, Total = album.Total,
        };
        message.Artists.AddRange(album.Artists);
        message.Tracks.AddRange(album.Tracks.Select(static track => track.ToMessage()));
        return message;
    }

    /// <summary>A play.</summary>
    public static Message.PlayReport ToMessage(this PlayReport play) => new()
    {
        Track = play.Track.ToString(),
        Cold = play.Cold,
        StartMs = play.Start?.TotalMilliseconds ?? -1,
        Clicked = play.Clicked,
        Bytes = play.Bytes.ToMessage(),
        Stutters = play.Stutters,
        Samples = play.Samples,
        Ended = play.Ended,
        Described = play.Described.Title.Length > 0 ? play.Described.ToMessage() : null,
        Advert = play.IsAdvert,
    };

    /// <summary>Bytes by source.</summary>
    public static Message.BytesBySource ToMessage(this BytesBySource bytes) => new()
    {
        Cache = bytes.Cache, Peers = bytes.Peers, Production = bytes.Production, Master = bytes.Master,
    };

    /// <summary>What plays.</summary>
    public static Status ToMessage(this PlayerStatus status) => new()
    {
        State = status.State switch
        {
            PlayerState.Opening => PlayState.Opening,
            PlayerState.Playing => PlayState.Playing,
            PlayerState.Paused => PlayState.Paused,
            PlayerState.Waiting => PlayState.Waiting,
            _ => PlayState.Stopped,
        },
        Track = status.Track?.ToMessage(),
        PositionMs = (long)status.Position.TotalMilliseconds,
        DurationMs = (long)(status.Track?.Duration.TotalMilliseconds ?? 0),
        BufferedMs = (long)status.Buffered.TotalMilliseconds,
        Play = status.Play?.ToMessage(),
        Account = status.Account,
        Problem = status.Problem,
        Queued = status.Queued,
        Online = status.IsOnline,
        EndedAccount = status.EndedAccount,
        Repeat = status.Repeat switch
        {
            RepeatMode.All => QueueRepeat.All,
            RepeatMode.One => QueueRepeat.One,
            _ => QueueRepeat.Off,
        },
        WaitsFor = status.WaitsFor switch
        {
            WaitReason.AccessPoint => WaitsFor.AccessPoint,
            WaitReason.Source => WaitsFor.Source,
            WaitReason.Data => WaitsFor.Data,
            _ => WaitsFor.Nothing,
        },
        Shuffled = status.IsShuffled,
        VolumePercent = status.Volume,
        Taken = status.TakenBy is not null,
        TakenBy = status.TakenBy ?? "",
        Advert = status.IsAdvert,
        CrossfadeMs = (int)status.Crossfade.TotalMilliseconds,
    };

    /// <summary>A place in the queue.</summary>
    public static QueueEntry ToMessage(this QueuedTrack queued) => new()
    {
        Entry = queued.Entry, Track = queued.Track.ToMessage(),
    };

    /// <summary>What is to happen at the end of the queue.</summary>
    /// <exception cref="RpcException">The value is unknown.</exception>
    public static RepeatMode ToMode(this QueueRepeat repeat) => repeat switch
    {
        QueueRepeat.Off => RepeatMode.Off,
        QueueRepeat.All => RepeatMode.All,
        QueueRepeat.One => RepeatMode.One,
        _ => throw CallFailure.Of(StatusCode.InvalidArgument, "Repeat is off, all or one."),
    };

    /// <summary>What the client has done.</summary>
    public static Stats ToMessage(this ClientStatistics statistics)
    {
        var message = new Stats
        {
            Played = statistics.Played.ToMessage(),
            Uploaded = statistics.UploadedBytes,
            CacheBytes = statistics.CacheBytes,
            CacheLimit = statistics.CacheLimitBytes,
            Connections = statistics.Connections,
        };
        message.Plays.AddRange(statistics.Plays.Select(play => play.ToMessage()));
        return message;
    }
}
