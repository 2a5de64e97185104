using SpotifyCore.Contracts.Login;

namespace SpotifyCore.Backend.Accounts;

/// <summary>Roles as people and messages write them.</summary>
public static class RoleNames
{
    private static readonly (AccountRoles Role, string Name, string Deed)[] Names =
        [(AccountRoles.Listener, LoginRoles.Listener, "listen"), (AccountRoles.Import, LoginRoles.Import, "import")];

    /// <summary>The roles by name, separated by commas.</summary>
    public static string Of(AccountRoles roles) => string.Join(',', List(roles));

    /// <summary>The roles by name.</summary>
    public static IEnumerable<string> List(AccountRoles roles) =>
        Names.Where(entry => roles.HasFlag(entry.Role)).Select(static entry => entry.Name);

    /// <summary>What accounts with the roles may do, as in "may not listen or import".</summary>
    public static string DeedsOf(AccountRoles roles) => string.Join(
        " or ", Names.Where(entry => roles.HasFlag(entry.Role)).Select(static entry => entry.Deed));

    /// <summary>Reads names separated by commas; false when one is unknown or there is none.</summary>
    public static bool TryParse(string text, out AccountRoles roles)
    {
        roles = AccountRoles.None;
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var role = Names.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Role;
            if (role == AccountRoles.None)
                return false;

            roles |= role;
        }

        return true;
    }
}
