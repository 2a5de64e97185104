namespace SpotifyCore.Backend.Accounts;

/// <summary>An account that is to be made, all of it as it is kept. No record: nothing prints it, with its hash.</summary>
internal sealed class NewAccount
{
    /// <summary>The name, normalized.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required AccountRoles Roles { get; init; }

    /// <summary>The password's hash.</summary>
    public required byte[] Password { get; init; }

    /// <summary>The country's code; empty when it is not known.</summary>
    public string Country { get; init; } = "";

    /// <summary>The address; empty when there is none.</summary>
    public string Email { get; init; } = "";
}
