using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace SpotifyCore.Client.PortMapping;

/// <summary>
/// Whether, and how patiently, a router is asked to pass the client's port on, so that other listeners can connect.
/// </summary>
public sealed class PortMappingOptions
{
    /// <summary>False to ask no router; peers then reach this client by asking it to connect.</summary>
    [Description("Whether a router is asked to pass the port on.")]
    public bool Enabled { get; set; } = true;

    /// <summary>How long a mapping is asked for; it is renewed at half of that, and removed at the end.</summary>
    [Description("For how long; renewed at half of it.")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long routers are listened for.</summary>
    [Description("How long routers are listened for.")]
    public TimeSpan SearchTime { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long one answer of a router may take.</summary>
    [Description("How long one answer of a router may take.")]
    public TimeSpan CallTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>When to try again after nothing was found or all was refused; doubles each time.</summary>
    [Description("When to try again after none was found; doubled each time.")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest such pause.</summary>
    [Description("The longest such pause.")]
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Ports tried on the outside when the first is another host's.</summary>
    [Description("Ports tried on the outside when the first is another host's.")]
    [Range(1, 16)]
    public int Tries { get; set; } = 4;
}
