namespace SpotifyCore.AccessPoint;

/// <summary>What <c>account add</c> takes beside the host's own options.</summary>
internal sealed class AccountAddOptions
{
    /// <summary>Roles of the new account, separated by commas: listener, import.</summary>
    public string Role { get; set; } = "";
}
