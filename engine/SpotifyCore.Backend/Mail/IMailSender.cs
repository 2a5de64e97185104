namespace SpotifyCore.Backend.Mail;

/// <summary>Sends mail. Safe for many threads.</summary>
internal interface IMailSender
{
    /// <summary>Whether mail is sent at all.</summary>
    bool CanSend { get; }

    /// <summary>Sends a mail; once this completes, whoever is to carry it on has it.</summary>
    /// <exception cref="IOException">It could not be sent; the message says why.</exception>
    Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken);
}
