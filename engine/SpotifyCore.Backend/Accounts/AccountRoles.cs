namespace SpotifyCore.Backend.Accounts;

/// <summary>What an account may do; one may have several. The values rest in the database.</summary>
[Flags]
public enum AccountRoles
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Find and play tracks.</summary>
    Listener = 1,

    /// <summary>Add tracks, derive their keys and write to master storage.</summary>
    Import = 2,
}
