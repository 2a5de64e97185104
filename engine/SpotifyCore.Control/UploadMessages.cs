using SpotifyCore.Client.Uploading;
using SpotifyCore.Content.Sources;
using SpotifyCore.Contracts;
using SpotifyCore.Core.Uploads;
using Message = SpotifyCore.Contracts;

namespace SpotifyCore.Control;

/// <summary>Turns what the client says of uploads into messages of the control API, and back.</summary>
internal static class UploadMessages
{
    /// <summary>What goes up, to whom, and why.</summary>
    public static Uploads ToMessage(this UploadReport report)
    {
        var now = report.Now;
        var message = new Uploads
        {
            Settings = report.Settings.ToMessage(),
            Hold = (Message.UploadHold)now.Hold,
            BytesPerSecond = now.BytesPerSecond,
            LimitBytesPerSecond = now.LimitBytesPerSecond,
            Bytes = now.Bytes,
            MonthBytes = now.MonthBytes,
            PlayingBytes = now.PlayingBytes,
            PrefetchBytes = now.PrefetchBytes,
            OfflineBytes = now.OfflineBytes,
            Chunks = now.Chunks,
            Waiting = now.Waiting,
            Measured = now.IsMeasured,
            Outside = report.Outside ?? "",
        };
        message.Peers.AddRange(report.Peers.Select(ToMessage));
        return message;
    }

    /// <summary>Settings with what a request changes.</summary>
    public static UploadSettings Change(UploadSettings settings, SetUploadsRequest request) => new()
    {
        Enabled = request.HasEnabled ? request.Enabled : settings.Enabled,
        MaxBytesPerSecond = request.HasMaxBytesPerSecond ? request.MaxBytesPerSecond : settings.MaxBytesPerSecond,
        LanOnly = request.HasLanOnly ? request.LanOnly : settings.LanOnly,
        MonthlyBytes = request.HasMonthlyBytes ? request.MonthlyBytes : settings.MonthlyBytes,
        Metered = request.HasMetered ? request.Metered : settings.Metered,
    };

    private static UploadLimits ToMessage(this UploadSettings settings) => new()
    {
        Enabled = settings.Enabled,
        MaxBytesPerSecond = settings.MaxBytesPerSecond,
        LanOnly = settings.LanOnly,
        MonthlyBytes = settings.MonthlyBytes,
        Metered = settings.Metered,
    };

    private static UploadPeer ToMessage(PeerUpload peer) => new()
    {
        Peer = peer.Peer?.ToString() ?? "",
        Given = peer.Given,
        Received = peer.Received,
        Purpose = peer.Latest switch
        {
            RequestPriority.Playing => UploadPurpose.Playing,
            RequestPriority.Prefetch => UploadPurpose.Prefetch,
            _ => UploadPurpose.Offline,
        },
        Active = peer.IsServed,
    };
}
