using SpotifyCore.Content.Sources;

namespace SpotifyCore.Core.Uploads;

/// <summary>Payload bytes given to peers: in all, this month, and for what.</summary>
internal sealed class UploadCount
{
    private const int Priorities = (int)RequestPriority.OfflineSync + 1;

    private readonly long[] _bytes = new long[Priorities];

    public long MonthBytes { get; set; }

    public void Add(int bytes, RequestPriority priority)
    {
        MonthBytes += bytes;
        _bytes[(int)priority] += bytes;
    }

    public UploadStatus Status(int sending, int overdue, int waiting, UploadHold hold, UplinkCap cap) => new(
        sending,
        overdue,
        waiting,
        hold,
        sending + waiting > 0 ? cap.Sent : 0,
        cap.BytesPerSecond,
        cap.Pace,
        _bytes[0] + _bytes[1] + _bytes[2],
        MonthBytes,
        _bytes[(int)RequestPriority.Playing],
        _bytes[(int)RequestPriority.Prefetch],
        _bytes[(int)RequestPriority.OfflineSync])
    {
        IsMeasured = cap.IsMeasured,
    };
}
