using System.ComponentModel;

namespace SpotifyCore.AccessPoint;

/// <summary>What <c>account add</c> takes beside the host's own options.</summary>
internal sealed class AccountAddOptions
{
    /// <summary>Roles of the new account, separated by commas: listener, import.</summary>
    [Description("Roles of the account that is added: listener, import, or both with a comma.")]
    public string Role { get; set; } = "";

    /// <summary>Its country, ISO 3166-1 alpha-2; empty when it is not known.</summary>
    [Description("Country of the account that is added: its two letters, such as SE.")]
    public string Country { get; set; } = "";
}
