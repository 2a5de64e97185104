namespace SpotifyCore.Backend.Mail;

/// <summary>A code that is to be sent. No record: nothing prints it.</summary>
/// <param name="account">The account's name.</param>
/// <param name="email">Its address.</param>
/// <param name="code">The code, which is kept nowhere.</param>
/// <param name="expires">Until when it can be used.</param>
internal sealed class MailCode(string account, string email, string code, DateTimeOffset expires)
{
    /// <summary>The account's name.</summary>
    public string Account => account;

    /// <summary>Its address.</summary>
    public string Email => email;

    /// <summary>The code.</summary>
    public string Code => code;

    /// <summary>Until when it can be used.</summary>
    public DateTimeOffset Expires => expires;
}
