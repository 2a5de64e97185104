using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using SpotifyCore.Backend.Configuration;

namespace SpotifyCore.Backend.Mail;

/// <summary>Hands each mail to a server, over a connection of its own; sent once the server has taken it.</summary>
internal sealed class SmtpMailSender(MailOptions options, TimeProvider time) : IMailSender
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public bool CanSend => true;

    /// <inheritdoc/>
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await HandOverAsync(mail, ending.Token);
        }
        catch (OperationCanceledException silent) when (late.IsCancellationRequested)
        {
            throw new IOException("The mail server does not answer.", silent);
        }
        catch (Exception failed) when (failed is CommandException or ProtocolException or AuthenticationException
            or SslHandshakeException or SocketException or NotSupportedException)
        {
            throw new IOException($"The mail server did not take a mail: {failed.Message}", failed);
        }
    }

    private async Task HandOverAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync(options.Server, options.Port, Guard, cancellationToken);
        if (options.UserName.Length > 0)
            await client.AuthenticateAsync(options.UserName, options.Password, cancellationToken);

        await client.SendAsync(MailMessages.Of(mail, options.From, time.GetUtcNow()), cancellationToken);
        await client.DisconnectAsync(quit: true, cancellationToken);
    }

    private SecureSocketOptions Guard => options.Security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}
