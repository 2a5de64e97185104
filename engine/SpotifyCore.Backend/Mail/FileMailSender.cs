using SpotifyCore.Content.Files;

namespace SpotifyCore.Backend.Mail;

/// <summary>
/// Makes a file of each mail (<c>.eml</c>), for its owner alone, from which something else may send it; there whole, and
/// durable, when it is sent.
/// </summary>
/// <param name="directory">Where; made if it is missing.</param>
/// <param name="from">From which address.</param>
/// <param name="time">The clock.</param>
internal sealed class FileMailSender(string directory, string from, TimeProvider time) : IMailSender
{
    /// <inheritdoc/>
    public bool CanSend => true;

    /// <inheritdoc/>
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var sent = time.GetUtcNow();
        using var bytes = new MemoryStream();
        await MailMessages.Of(mail, from, sent).WriteToAsync(bytes, cancellationToken);
        DurableFile.CreateDirectory(directory, forOwnerAlone: true);
        var name = $"{sent:yyyyMMddTHHmmssfff}-{Guid.NewGuid():n}.eml";
        if (!DurableFile.TryCreate(Path.Combine(directory, name), bytes.ToArray(), forOwnerAlone: true))
            throw new IOException($"There is a mail '{name}' already.");
    }
}
