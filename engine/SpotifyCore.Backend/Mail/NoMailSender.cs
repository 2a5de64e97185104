namespace SpotifyCore.Backend.Mail;

/// <summary>Sends none.</summary>
internal sealed class NoMailSender : IMailSender
{
    /// <inheritdoc/>
    public bool CanSend => false;

    /// <inheritdoc/>
    public Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken) =>
        throw new IOException("No mail is sent here.");
}
