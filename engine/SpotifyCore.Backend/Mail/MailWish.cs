namespace SpotifyCore.Backend.Mail;

/// <summary>A code that somebody wants to be sent.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="Account">The account's name, as typed.</param>
internal readonly record struct MailWish(MailPurpose Purpose, string Account);
