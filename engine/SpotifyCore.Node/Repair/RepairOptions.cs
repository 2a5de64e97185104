using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace SpotifyCore.Node.Repair;

/// <summary>How a master fetches what it owns and lacks.</summary>
internal sealed class RepairOptions
{
    /// <summary>Bytes fetched a second, on average over some files; 0 for no limit.</summary>
    [Description("Bytes a second at which lost files are fetched from other masters; 0: no limit.")]
    [Range(0, 1L << 40)]
    public long BytesPerSecond { get; set; } = 64L << 20;

    /// <summary>Files fetched at once; 0 for none: what is lacking stays lacking.</summary>
    [Description("Lost files fetched at once; 0: none are fetched.")]
    [Range(0, 16)]
    public int Fetches { get; set; } = 2;
}
