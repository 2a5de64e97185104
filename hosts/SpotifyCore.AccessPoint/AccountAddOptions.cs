using System.ComponentModel;

namespace SpotifyCore.AccessPoint;

/// <summary>What <c>account add</c> and <c>account set-plan</c> take beside the host's own options.</summary>
internal sealed class AccountAddOptions
{
    /// <summary>Roles of the new account, separated by commas: listener, import.</summary>
    [Description("Roles of the account that is added: listener, import, or both with a comma.")]
    public string Role { get; set; } = "";

    /// <summary>Its country, ISO 3166-1 alpha-2; empty when it is not known.</summary>
    [Description("Country of the account that is added: its two letters, such as SE.")]
    public string Country { get; set; } = "";

    /// <summary>Its plan: free, unlimited or premium, without an end.</summary>
    [Description("Plan of the account that is added: free, unlimited or premium.")]
    public string Plan { get; set; } = "free";

    /// <summary>The last day of the plan that is set; empty for none.</summary>
    [Description("Last day of the plan that is set, such as 2027-01-31 (UTC); it has no end without one.")]
    public string Until { get; set; } = "";
}
