using System.ComponentModel.DataAnnotations;

namespace SpotifyCore.Client.Uploading;

/// <summary>What a listener lets the client give to others.</summary>
public sealed record UploadSettings
{
    /// <summary>False to give nothing.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Bytes a second given, at most; 0 to find out by measuring what the line bears.</summary>
    [Range(0, int.MaxValue)]
    public int MaxBytesPerSecond { get; set; }

    /// <summary>True to connect to peers of the same LAN alone, both ways.</summary>
    public bool LanOnly { get; set; }

    /// <summary>Bytes given in a calendar month, at most; 0 for no budget.</summary>
    [Range(0, long.MaxValue)]
    public long MonthlyBytes { get; set; }

    /// <summary>True on a phone or a line paid by the byte: servers only, nothing is given.</summary>
    public bool Metered { get; set; }
}
