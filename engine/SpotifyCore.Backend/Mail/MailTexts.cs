using System.Globalization;

namespace SpotifyCore.Backend.Mail;

/// <summary>What mails say.</summary>
internal static class MailTexts
{
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
