namespace SpotifyCore.Core.Uploads;

/// <summary>What a client gives to its peers, at one moment. All bytes are payload.</summary>
/// <param name="Chunks">Chunks on their way.</param>
/// <param name="Overdue">Of these, how many lost their slot to others, as they took too long.</param>
/// <param name="Waiting">Requests waiting.</param>
/// <param name="Hold">Why nothing is given now; none while something may be.</param>
/// <param name="BytesPerSecond">Given lately, a second, of what counts against the cap.</param>
/// <param name="LimitBytesPerSecond">The cap as it stands, set or measured; 0 for none.</param>
/// <param name="PaceBytesPerSecond">
/// How fast the bytes of chunks that were let go may leave; 0 for no limit.
/// </param>
/// <param name="Bytes">Given in all.</param>
/// <param name="MonthBytes">Given in the calendar month that runs.</param>
/// <param name="PlayingBytes">Given for what was being played.</param>
/// <param name="PrefetchBytes">Given for what would be played next.</param>
/// <param name="OfflineBytes">Given for what was kept for later.</param>
public readonly record struct UploadStatus(
    int Chunks,
    int Overdue,
    int Waiting,
    UploadHold Hold,
    double BytesPerSecond,
    double LimitBytesPerSecond,
    double PaceBytesPerSecond,
    long Bytes,
    long MonthBytes,
    long PlayingBytes,
    long PrefetchBytes,
    long OfflineBytes)
{
    /// <summary>Of the chunks on their way, how many hold slots of peers of the same LAN.</summary>
    public int NearChunks { get; init; }

    /// <summary>True where the cap as it stands was found by measuring the line.</summary>
    public bool IsMeasured { get; init; }
}
