using SpotifyCore.Content.Identity;

namespace SpotifyCore.Import.Masters;

/// <summary>Where the access point is and who logs in there.</summary>
/// <param name="Url"><c>http://</c> on loopback, <c>https://</c> or <c>unix:</c>.</param>
/// <param name="ServerId">The key it must prove with <c>https</c>; null to trust its certificate.</param>
/// <param name="Name">An account with the role import.</param>
/// <param name="Password">Its password.</param>
internal sealed record AccessPointAddress(string Url, PeerId? ServerId, string Name, string Password)
{
    /// <summary>Leaves the password out.</summary>
    public override string ToString() => $"{Name} at {Url}";
}
