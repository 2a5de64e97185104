using Google.Protobuf.Reflection;
using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Contracts;

/// <summary>
/// The methods of the Desktop service:
/// how a listener's programs drive the desktop daemon. The contract is desktop.proto.
/// </summary>
public static class DesktopMethods
{
    private const string Service = "Desktop";

    private static FileDescriptor Contract => DesktopReflection.Descriptor;

    /// <summary><see cref="DesktopLoginRequest"/> there, <see cref="DesktopLoginReply"/> back.</summary>
    public static RpcMethod<DesktopLoginRequest, DesktopLoginReply> Login { get; } =
        RpcMethod.Unary<DesktopLoginRequest, DesktopLoginReply>(Contract, Service, "Login");

    /// <summary><see cref="SearchRequest"/> there, <see cref="SearchReply"/> back.</summary>
    public static RpcMethod<SearchRequest, SearchReply> Search { get; } =
        RpcMethod.Unary<SearchRequest, SearchReply>(Contract, Service, "Search");

    /// <summary><see cref="PlayRequest"/> there, <see cref="PlayReply"/> back.</summary>
    public static RpcMethod<PlayRequest, PlayReply> Play { get; } =
        RpcMethod.Unary<PlayRequest, PlayReply>(Contract, Service, "Play");

    /// <summary><see cref="EnqueueRequest"/> there, <see cref="QueueReply"/> back.</summary>
    public static RpcMethod<EnqueueRequest, QueueReply> Enqueue { get; } =
        RpcMethod.Unary<EnqueueRequest, QueueReply>(Contract, Service, "Enqueue");

    /// <summary><see cref="GetQueueRequest"/> there, <see cref="QueueReply"/> back.</summary>
    public static RpcMethod<GetQueueRequest, QueueReply> GetQueue { get; } =
        RpcMethod.Unary<GetQueueRequest, QueueReply>(Contract, Service, "GetQueue");

    /// <summary><see cref="RemoveFromQueueRequest"/> there, <see cref="QueueReply"/> back.</summary>
    public static RpcMethod<RemoveFromQueueRequest, QueueReply> RemoveFromQueue { get; } =
        RpcMethod.Unary<RemoveFromQueueRequest, QueueReply>(Contract, Service, "RemoveFromQueue");

    /// <summary><see cref="MoveInQueueRequest"/> there, <see cref="QueueReply"/> back.</summary>
    public static RpcMethod<MoveInQueueRequest, QueueReply> MoveInQueue { get; } =
        RpcMethod.Unary<MoveInQueueRequest, QueueReply>(Contract, Service, "MoveInQueue");

    /// <summary><see cref="ClearQueueRequest"/> there, <see cref="QueueReply"/> back.</summary>
    public static RpcMethod<ClearQueueRequest, QueueReply> ClearQueue { get; } =
        RpcMethod.Unary<ClearQueueRequest, QueueReply>(Contract, Service, "ClearQueue");

    /// <summary><see cref="PlayEntryRequest"/> there, <see cref="Status"/> back.</summary>
    public static RpcMethod<PlayEntryRequest, Status> PlayEntry { get; } =
        RpcMethod.Unary<PlayEntryRequest, Status>(Contract, Service, "PlayEntry");

    /// <summary><see cref="PreviousRequest"/> there, <see cref="Status"/> back.</summary>
    public static RpcMethod<PreviousRequest, Status> Previous { get; } =
        RpcMethod.Unary<PreviousRequest, Status>(Contract, Service, "Previous");

    /// <summary><see cref="SetRepeatRequest"/> there, <see cref="Status"/> back.</summary>
    public static RpcMethod<SetRepeatRequest, Status> SetRepeat { get; } =
        RpcMethod.Unary<SetRepeatRequest, Status>(Contract, Service, "SetRepeat");

    /// <summary><see cref="SetShuffleRequest"/> there, <see cref="Status"/> back.</summary>
    public static RpcMethod<SetShuffleRequest, Status> SetShuffle { get; } =
        RpcMethod.Unary<SetShuffleRequest, Status>(Contract, Service, "SetShuffle");

    /// <summary><see cref="SetVolumeRequest"/> there, <see cref="Status"/> back.</summary>
    public static RpcMethod<SetVolumeRequest, Status> SetVolume { get; } =
        RpcMethod.Unary<SetVolumeRequest, Status>(Contract, Service, "SetVolume");

    /// <summary><see cref="PauseRequest"/> there, <see cref="Status"/> back.</summary>
    public static RpcMethod<PauseRequest, Status> Pause { get; } =
        RpcMethod.Unary<PauseRequest, Status>(Contract, Service, "Pause");

    /// <summary><see cref="ResumeRequest"/> there, <see cref="Status"/> back.</summary>
    public static RpcMethod<ResumeRequest, Status> Resume { get; } =
        RpcMethod.Unary<ResumeRequest, Status>(Contract, Service, "Resume");

    /// <summary><see cref="SeekRequest"/> there, <see cref="Status"/> back.</summary>
    public static RpcMethod<SeekRequest, Status> Seek { get; } =
        RpcMethod.Unary<SeekRequest, Status>(Contract, Service, "Seek");

    /// <summary><see cref="NextRequest"/> there, <see cref="Status"/> back.</summary>
    public static RpcMethod<NextRequest, Status> Next { get; } =
        RpcMethod.Unary<NextRequest, Status>(Contract, Service, "Next");

    /// <summary><see cref="StopRequest"/> there, <see cref="Status"/> back.</summary>
    public static RpcMethod<StopRequest, Status> Stop { get; } =
        RpcMethod.Unary<StopRequest, Status>(Contract, Service, "Stop");

    /// <summary><see cref="GetStatusRequest"/> there, <see cref="Status"/> back.</summary>
    public static RpcMethod<GetStatusRequest, Status> GetStatus { get; } =
        RpcMethod.Unary<GetStatusRequest, Status>(Contract, Service, "GetStatus");

    /// <summary><see cref="WatchRequest"/> there, a stream of <see cref="Status"/> back.</summary>
    public static RpcMethod<WatchRequest, Status> Watch { get; } =
        RpcMethod.ServerStreaming<WatchRequest, Status>(Contract, Service, "Watch");

    /// <summary><see cref="GetStatsRequest"/> there, <see cref="Stats"/> back.</summary>
    public static RpcMethod<GetStatsRequest, Stats> GetStats { get; } =
        RpcMethod.Unary<GetStatsRequest, Stats>(Contract, Service, "GetStats");

    /// <summary><see cref="DesktopLogOutRequest"/> there, <see cref="DesktopLogOutReply"/> back.</summary>
    public static RpcMethod<DesktopLogOutRequest, DesktopLogOutReply> LogOut { get; } =
        RpcMethod.Unary<DesktopLogOutRequest, DesktopLogOutReply>(Contract, Service, "LogOut");

    /// <summary><see cref="GetUploadsRequest"/> there, <see cref="Uploads"/> back.</summary>
    public static RpcMethod<GetUploadsRequest, Uploads> GetUploads { get; } =
        RpcMethod.Unary<GetUploadsRequest, Uploads>(Contract, Service, "GetUploads");

    /// <summary><see cref="SetUploadsRequest"/> there, <see cref="Uploads"/> back.</summary>
    public static RpcMethod<SetUploadsRequest, Uploads> SetUploads { get; } =
        RpcMethod.Unary<SetUploadsRequest, Uploads>(Contract, Service, "SetUploads");
}
