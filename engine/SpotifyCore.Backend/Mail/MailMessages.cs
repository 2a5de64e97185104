using MimeKit;

namespace SpotifyCore.Backend.Mail;

/// <summary>Puts mails into the form in which they travel.</summary>
internal static class MailMessages
{
    /// <summary>A mail as a message.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="from">From which address.</param>
    /// <param name="sent">When.</param>
    public static MimeMessage Of(OutgoingMail mail, string from, DateTimeOffset sent)
    {
        var sender = MailboxAddress.Parse(from);
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            Date = sent,
            MessageId = $"{Guid.NewGuid():n}@{sender.Domain}",
            Body = new TextPart("plain") { Text = mail.Text },
        };
        message.From.Add(sender);
        message.To.Add(MailboxAddress.Parse(mail.To));

        // Nobody's absence is answered to it.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
