using System.Globalization;

namespace SpotifyCore.Backend.Mail;

/// <summary>What mails say.</summary>
internal static class MailTexts
{
    /// <summary>The mail to an address that is its account's no more.</summary>
    public static OutgoingMail AddressChanged(string former, string account) => new(
        former,
        "Your address was changed",
        $"""
        This address is not that of the account {account} any more: somebody who knows its password, or signs in through
        its provider, has given another one. If that was you, there is nothing to do. If it was not, ask the operator at
        once: no new password can be asked for by this address.
        """);

    /// <summary>The mail that brings a code.</summary>
    public static OutgoingMail Of(MailPurpose purpose, MailCode code)
    {
        var until = code.Expires.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return purpose == MailPurpose.Verification
            ? new OutgoingMail(
                code.Email,
                "Is this your address?",
                $"""
                This address was given for the account {code.Account}. If that is yours, type, until {until} UTC,

                    spotifycore account verify {code.Code}

                If it is not, there is nothing to do.
                """)
            : new OutgoingMail(
                code.Email,
                "A new password",
                $"""
                Somebody asks to set a new password for your account {code.Account}. If that is you, type, until {until} UTC,

                    spotifycore account reset {code.Code}

                and the new password; the account is logged out everywhere then. If it is not, there is nothing to do: the
                password stays as it is, and nobody but you has this code.
                """);
    }
}
