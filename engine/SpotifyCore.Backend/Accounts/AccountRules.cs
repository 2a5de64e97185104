using System.Net.Mail;
using SpotifyCore.Content.Text;

namespace SpotifyCore.Backend.Accounts;

/// <summary>What names, passwords and the rest of an account may be.</summary>
internal static class AccountRules
{
    /// <summary>Most characters of a name.</summary>
    public const int MaxNameLength = 64;

    /// <summary>Most characters of a display name.</summary>
    public const int MaxDisplayNameLength = 64;

    // RFC 5321's path, without its brackets.
    private const int MaxEmailLength = 254;

    /// <summary>The form under which a name is kept: names differ by more than case.</summary>
    public static string Normalize(string name) => name.ToLowerInvariant();

    /// <summary>Checks a normalized name.</summary>
    /// <exception cref="AccountException">It can't be.</exception>
    public static void CheckName(string name)
    {
        if (name.Length is 0 or > MaxNameLength || !name.All(IsOfNames))
            throw new AccountException($"A name has 1 to {MaxNameLength} of a-z, 0-9, '.', '-', '_' and '@'.");
    }

    /// <summary>Checks the password of the account of a name.</summary>
    /// <exception cref="AccountException">It can't be.</exception>
    public static void CheckPassword(string name, string password)
    {
        if (password.Length is < PasswordHasher.MinLength or > PasswordHasher.MaxLength)
            throw new AccountException(
                $"A password has {PasswordHasher.MinLength} to {PasswordHasher.MaxLength} characters.");
        if (password.Equals(name, StringComparison.OrdinalIgnoreCase))
            throw new AccountException("The password can't be the name.");
    }

    /// <summary>The code of a country, in capitals.</summary>
    /// <exception cref="AccountException">There is no such country.</exception>
    public static string ReadCountry(string typed) => CountryCodes.TryRead(typed, out var code)
        ? code
        : throw new AccountException("A country is the two letters that ISO 3166-1 has for it, such as SE.");

    /// <summary>Checks an address; an empty one is none.</summary>
    /// <exception cref="AccountException">It can't be.</exception>
    public static void CheckEmail(string email)
    {
        if (email.Length > 0 && !IsEmail(email))
            throw new AccountException("That is no e-mail address.");
    }

    /// <summary>Whether a text is one address, of ASCII, without a name beside it.</summary>
    public static bool IsEmail(string text) =>
        text.Length <= MaxEmailLength && text.All(static c => c is > ' ' and < '\x7f')
        && MailAddress.TryCreate(text, out var address) && address.Address == text;

    /// <summary>A display name as it is kept: one line, without spaces around it.</summary>
    /// <exception cref="AccountException">It is too long.</exception>
    public static string ReadDisplayName(string typed)
    {
        var name = PlainText.Of(typed).Trim();
        return name.Length <= MaxDisplayNameLength
            ? name
            : throw new AccountException($"A display name has at most {MaxDisplayNameLength} characters.");
    }

    private static bool IsOfNames(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@';
}
