using System.ComponentModel;

namespace SpotifyCore.AccessPoint;

/// <summary>What <c>registration</c> takes beside the host's own options.</summary>
internal sealed class RegistrationOptions
{
    /// <summary>The country that is meant, ISO 3166-1 alpha-2; empty for all that have no setting of their own.</summary>
    [Description("The country that is meant, by its two letters; all that have no setting of their own unless given.")]
    public string Country { get; set; } = "";
}
