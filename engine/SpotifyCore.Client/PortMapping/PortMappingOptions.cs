using System.ComponentModel.DataAnnotations;

namespace SpotifyCore.Client.PortMapping;

/// <summary>
/// Whether, and how patiently, a router is asked to pass the client's port on, so that other listeners can connect.
/// </summary>
public sealed class PortMappingOptions
{
    /// <summary>False to ask no router; peers then reach this client by asking it to connect.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long a mapping is asked for; it is renewed at half of that, and removed at the end.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long routers are listened for.</summary>
    public TimeSpan SearchTime { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long one answer of a router may take.</summary>
    public TimeSpan CallTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>When to try again after nothing was found or all was refused; doubles each time.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest such pause.</summary>
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Ports tried on the outside when the first is another host's.</summary>
    [Range(1, 16)]
    public int Tries { get; set; } = 4;
}
