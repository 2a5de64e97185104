using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Identity;
using SpotifyCore.Core;

namespace SpotifyCore.Client.Running;

/// <summary>What a client logs; event ids 6000 to 6099.</summary>
internal static partial class ClientLog
{
    [LoggerMessage(6000, LogLevel.Error, "Work of the client's loop failed: {Work}")]
    public static partial void WorkFailed(ILogger logger, string work, Exception failure);

    [LoggerMessage(6001, LogLevel.Information, "Listening for peers at {EndPoint} as {Id}")]
    public static partial void Listening(ILogger logger, System.Net.IPEndPoint endPoint, PeerId id);

    [LoggerMessage(6002, LogLevel.Debug, "Connection {Connection} to {Address} failed: {Reason}")]
    public static partial void ConnectFailed(ILogger logger, int connection, NodeAddress address, string reason);

    [LoggerMessage(6003, LogLevel.Debug, "Connection {Connection} closed: {Reason}")]
    public static partial void Closed(ILogger logger, int connection, string reason);

    [LoggerMessage(6004, LogLevel.Warning, "The chunk cache failed: {Reason}")]
    public static partial void CacheFailed(ILogger logger, string reason);

    [LoggerMessage(6005, LogLevel.Warning, "The access point can't be reached: {Reason}; trying again in {Delay}")]
    public static partial void SessionLost(ILogger logger, string reason, TimeSpan delay);

    [LoggerMessage(6006, LogLevel.Warning, "A kept track is unreadable and was dropped: {Track}")]
    public static partial void KeptTrackDropped(ILogger logger, string track);

    [LoggerMessage(6007, LogLevel.Information, "Track {Track} can't be played: {Reason}")]
    public static partial void PlayFailed(ILogger logger, TrackId track, string reason);

    [LoggerMessage(6008, LogLevel.Warning, "Accepting a connection failed: {Reason}")]
    public static partial void AcceptFailed(ILogger logger, string reason);

    [LoggerMessage(6010, LogLevel.Error, "The core's {Action} could not be executed")]
    public static partial void ActionFailed(ILogger logger, string action, Exception failure);

    [LoggerMessage(6011, LogLevel.Warning, "A part of the client did not end cleanly")]
    public static partial void EndFailed(ILogger logger, Exception failure);

    [LoggerMessage(6013, LogLevel.Debug, "The client has ended; {Buffers} buffers were still in use")]
    public static partial void Ended(ILogger logger, int buffers);

    [LoggerMessage(6012, LogLevel.Warning, "What files are held could not be noted: {Reason}")]
    public static partial void HeldFailed(ILogger logger, string reason);

    [LoggerMessage(6009, LogLevel.Warning, "Track {Track} could not be kept for use without a network: {Reason}")]
    public static partial void KeepFailed(ILogger logger, TrackId track, string reason);

    [LoggerMessage(6014, LogLevel.Warning, "The session could not be kept: {Reason}; the next start needs a login")]
    public static partial void SessionKeepFailed(ILogger logger, string reason);

    [LoggerMessage(6015, LogLevel.Warning, "The session has ended: {Reason}")]
    public static partial void SessionEnded(ILogger logger, string reason);

    [LoggerMessage(6016, LogLevel.Warning, "Port {Port} is taken; peers are accepted at port {Chosen} instead")]
    public static partial void PortTaken(ILogger logger, int port, int chosen);

    [LoggerMessage(
        6018, LogLevel.Warning, "The access point could not be told of the logout: the session ends with its lifetime")]
    public static partial void LogOutUnheard(ILogger logger);

    [LoggerMessage(6017, LogLevel.Debug, "Peer {Peer} wants to be connected to")]
    public static partial void ReverseAsked(ILogger logger, PeerId peer);

    [LoggerMessage(
        6020, LogLevel.Information, "Track {Track} was silent for {Length}; {Buffered} of it lies ahead now")]
    public static partial void Stuttered(ILogger logger, TrackId track, TimeSpan length, TimeSpan buffered);

    [LoggerMessage(6019, LogLevel.Warning, "What was uploaded this month could not be noted: {Reason}")]
    public static partial void UploadsNotKept(ILogger logger, string reason);

    [LoggerMessage(6022, LogLevel.Warning, "The queue could not be kept: {Reason}; a restart begins without it")]
    public static partial void PlaybackKeepFailed(ILogger logger, string reason);

    [LoggerMessage(
        6023, LogLevel.Warning, "The access point does not say what track {Track} is: it is asked again")]
    public static partial void OpenUnanswered(ILogger logger, string track);

    [LoggerMessage(6024, LogLevel.Warning, "What is kept offline could not be read or written: {Reason}")]
    public static partial void OfflineFailed(ILogger logger, string reason);

    [LoggerMessage(6025, LogLevel.Warning, "File {File}, kept offline, is damaged: it is fetched anew")]
    public static partial void OfflineDamaged(ILogger logger, FileId file);

    [LoggerMessage(6026, LogLevel.Information, "The access point was not told of what is kept offline: {Reason}")]
    public static partial void OfflineUnheard(ILogger logger, string reason);

    [LoggerMessage(6027, LogLevel.Information, "What is kept offline can't be played any more: {Reason}")]
    public static partial void OfflineEnded(ILogger logger, string reason);

    [LoggerMessage(6028, LogLevel.Warning, "The access point does not keep what plays: {Reason}")]
    public static partial void HandoverRefused(ILogger logger, string reason);

    [LoggerMessage(6021, LogLevel.Warning, "{Notice}")]
    public static partial void CodecFallsBack(ILogger logger, string notice);
}
