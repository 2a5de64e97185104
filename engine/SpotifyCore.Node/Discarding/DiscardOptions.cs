using System.ComponentModel;
using SpotifyCore.Node.Configuration;

namespace SpotifyCore.Node.Discarding;

/// <summary>How a master learns of what it need not keep.</summary>
internal sealed class DiscardOptions
{
    /// <summary>How often the access point is asked for files that nothing shows any more.</summary>
    [Description("How often the access point is asked which files nothing shows any more; those are deleted.")]
    [PositiveTime(MostDays = 30)]
    public TimeSpan Every { get; set; } = TimeSpan.FromHours(1);
}
