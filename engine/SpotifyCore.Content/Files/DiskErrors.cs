namespace SpotifyCore.Content.Files;

/// <summary>Tells failures of a disk apart.</summary>
public static class DiskErrors
{
    // The system's own numbers, which .NET keeps: errno on Unix, Win32 in the low half elsewhere.
    private const int NoSpace = 28; // ENOSPC on Linux and macOS
    private const int OverQuotaLinux = 122; // EDQUOT
    private const int OverQuotaMac = 69; // EDQUOT
    private const int HandleDiskFull = unchecked((int)0x80070027); // ERROR_HANDLE_DISK_FULL
    private const int DiskFull = unchecked((int)0x80070070); // ERROR_DISK_FULL

    private const int TooManyHere = 24; // EMFILE
    private const int TooManyInAll = 23; // ENFILE
    private const int TooManyOpenFiles = unchecked((int)0x80070004); // ERROR_TOO_MANY_OPEN_FILES

    /// <summary>True when a file was not opened because too many are open: nothing is wrong with it.</summary>
    public static bool IsTooManyOpenFiles(this IOException failure) => failure.HResult switch
    {
        TooManyOpenFiles => OperatingSystem.IsWindows(),
        TooManyHere or TooManyInAll => !OperatingSystem.IsWindows(),
        _ => false,
    };

    /// <summary>True when a write failed because the disk, or the writer's share of it, is full.</summary>
    public static bool IsDiskFull(this IOException failure) => failure.HResult switch
    {
        HandleDiskFull or DiskFull => OperatingSystem.IsWindows(),
        NoSpace => !OperatingSystem.IsWindows(),
        OverQuotaLinux => OperatingSystem.IsLinux(),
        OverQuotaMac => OperatingSystem.IsMacOS(),
        _ => false,
    };
}
