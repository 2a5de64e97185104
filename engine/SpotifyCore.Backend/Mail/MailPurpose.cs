namespace SpotifyCore.Backend.Mail;

/// <summary>What a code that was sent by mail is good for. The values rest in the database.</summary>
internal enum MailPurpose
{
    /// <summary>Shows that the address is the account's.</summary>
    Verification = 1,

    /// <summary>Sets a new password.</summary>
    Reset = 2,
}
