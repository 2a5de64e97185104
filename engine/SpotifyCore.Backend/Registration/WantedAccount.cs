using System.Net;
using SpotifyCore.Backend.Accounts;

namespace SpotifyCore.Backend.Registration;

/// <summary>An account as somebody wants it, whose words can be. No record: nothing prints it, with its password.</summary>
internal sealed class WantedAccount
{
    /// <summary>Takes the words as they were typed.</summary>
    /// <param name="name">The name.</param>
    /// <param name="password">The password.</param>
    /// <param name="country">The country's code.</param>
    /// <param name="email">The address; empty for none.</param>
    /// <exception cref="AccountException">One can't be; the message says which.</exception>
    public WantedAccount(string name, string password, string country, string email)
    {
        Name = AccountRules.Normalize(name);
        AccountRules.CheckName(Name);
        AccountRules.CheckPassword(Name, password);
        AccountRules.CheckEmail(email);
        (Password, Country, Email) = (password, AccountRules.ReadCountry(country), email);
    }

    private WantedAccount(string name, string country) => (Name, Password, Country, Email) = (name, "", country, "");

    /// <summary>One without a password, which is logged in to by other means.</summary>
    /// <param name="name">The name; empty for one that is found for it.</param>
    /// <param name="country">The country's code.</param>
    /// <param name="invitation">The invitation's code, as typed; empty for none.</param>
    /// <param name="address">Where the wish comes from.</param>
    /// <exception cref="AccountException">One can't be; the message says which.</exception>
    public static WantedAccount WithoutPassword(string name, string country, string invitation, IPAddress? address)
    {
        name = AccountRules.Normalize(name);
        if (name.Length > 0)
            AccountRules.CheckName(name);

        return new WantedAccount(name, AccountRules.ReadCountry(country)) { Invitation = invitation, Address = address };
    }

    /// <summary>The same without a password, under a name that can be.</summary>
    public WantedAccount Named(string name) => new(name, Country) { Invitation = Invitation, Address = Address };

    /// <summary>The name, normalized.</summary>
    public string Name { get; }

    /// <summary>The password.</summary>
    public string Password { get; }

    /// <summary>The country's code.</summary>
    public string Country { get; }

    /// <summary>The address; empty for none.</summary>
    public string Email { get; }

    /// <summary>The invitation's code, as typed; empty for none.</summary>
    public string Invitation { get; init; } = "";

    /// <summary>Where the wish comes from.</summary>
    public IPAddress? Address { get; init; }
}
