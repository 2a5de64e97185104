namespace SpotifyCore.Client.Accounts;

/// <summary>What a device is: an account's plan says what may be done there.</summary>
public enum DeviceKind
{
    /// <summary>A computer, which serves other listeners too.</summary>
    Desktop,

    /// <summary>A phone, which fetches from servers alone.</summary>
    Phone,
}
