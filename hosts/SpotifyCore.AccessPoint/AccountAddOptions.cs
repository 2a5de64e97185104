using System.ComponentModel;

namespace SpotifyCore.AccessPoint;

/// <summary>What <c>account add</c> takes beside the host's own options.</summary>
internal sealed class AccountAddOptions
{
    /// <summary>Roles of the new account, separated by commas: listener, import.</summary>
    [Description("Roles of the account that is added: listener, import, or both with a comma.")]
    public string Role { get; set; } = "";
}
