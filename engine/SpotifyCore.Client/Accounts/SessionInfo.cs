using SpotifyCore.Content.Identity;

namespace SpotifyCore.Client.Accounts;

/// <summary>A login of the account that holds.</summary>
/// <param name="Client">The client's id; an account has one session of each.</param>
/// <param name="Device">What the client called its device; empty when it did not.</param>
/// <param name="Address">From where it was seen last; empty when that is not known.</param>
public sealed record SessionInfo(PeerId Client, string Device, string Address)
{
    /// <summary>The name of the app password that it was opened with; empty for the account's own.</summary>
    public string AppPassword { get; init; } = "";

    /// <summary>What the device is, as its login said.</summary>
    public DeviceKind Kind { get; init; }

    /// <summary>When it was logged in; null when that is not known.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When it was seen last, to within an hour while it is online; null when that is not known.</summary>
    public DateTimeOffset? Seen { get; init; }

    /// <summary>True for this client's own.</summary>
    public bool IsCurrent { get; init; }
}
