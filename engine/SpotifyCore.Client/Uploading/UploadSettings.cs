using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Client.Uploading;

/// <summary>What a listener lets the client give to others.</summary>
public sealed record UploadSettings
{
    /// <summary>False to give nothing.</summary>
    [Description("Whether anything is given to other listeners.")]
    public bool Enabled { get; set; } = true;

    /// <summary>Bytes a second given, at most; 0 to find out by measuring what the line bears.</summary>
    [Description("Most that is given in a second; 0 finds out by measuring what the line bears.")]
    [Range(0, int.MaxValue)]
    public int MaxBytesPerSecond { get; set; }

    /// <summary>True to connect to peers of the same LAN alone, both ways.</summary>
    [Description("Connect to listeners of the same LAN alone.")]
    public bool LanOnly { get; set; }

    /// <summary>Bytes given in a calendar month, at most; 0 for no budget.</summary>
    [Description("Most that is given in a calendar month; 0 for no budget.")]
    [Range(0, long.MaxValue)]
    public long MonthlyBytes { get; set; }

    /// <summary>True on a phone or a line paid by the byte: servers only, nothing is given.</summary>
    [Description("The line is paid by the byte: servers only, nothing is given.")]
    public bool Metered { get; set; }
}
