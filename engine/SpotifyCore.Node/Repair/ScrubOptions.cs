using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using SpotifyCore.Node.Configuration;

namespace SpotifyCore.Node.Repair;

/// <summary>How a master reads its own files to find damage before a listener does.</summary>
internal sealed class ScrubOptions
{
    /// <summary>Bytes read a second; 0 for never. At 1 MiB a terabyte takes eleven days.</summary>
    [Description("Bytes a second at which the vault is read to find damage; 0: never.")]
    [Range(0, 1L << 40)]
    public long BytesPerSecond { get; set; } = 1L << 20;

    /// <summary>From the beginning of a round through all files to that of the next, if they take no longer.</summary>
    [Description("How often all of it is read, if the rate allows.")]
    [PositiveTime(MostDays = 366)]
    public TimeSpan Every { get; set; } = TimeSpan.FromDays(7);
}
