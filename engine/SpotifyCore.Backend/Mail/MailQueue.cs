using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Logging;

namespace SpotifyCore.Backend.Mail;

/// <summary>
/// Makes and sends codes, and sends mails, one after the other, behind the back of who asks for them: how long the answer
/// takes tells nobody whether there is an account, nor that it has an address. What waits when the process ends is lost; a
/// code is asked for again.
/// </summary>
internal sealed class MailQueue(MailCodeStore codes, IMailSender sender, ILogger<MailQueue> logger) : BackgroundService
{
    private const int MaxWaiting = 256;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    /// <summary>Whether mail is sent at all.</summary>
    public bool CanSend => sender.CanSend;

    /// <summary>Has a code be sent; false when too many wait.</summary>
    public bool TryAsk(MailWish wish) => _waiting.Writer.TryWrite(new Waiting(wish, null));

    /// <summary>Has a mail be sent that brings no code; waits while too many do.</summary>
    public ValueTask SendAsync(OutgoingMail mail) => _waiting.Writer.WriteAsync(new Waiting(default, mail));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (wish, mail) in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await (mail is null ? ServeAsync(wish, stoppingToken) : sender.SendAsync(mail, stoppingToken));
            }
            catch (Exception failed)
                when (failed is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // Whatever it is, as an address that can't be written to: the host would end by what a stranger typed.
                logger.MailFailed(mail?.Subject ?? $"{wish.Purpose}", failed.Message);
            }
        }
    }

    private async Task ServeAsync(MailWish wish, CancellationToken cancellationToken)
    {
        if (codes.Make(wish) is not { } code)
            return;

        try
        {
            await sender.SendAsync(MailTexts.Of(wish.Purpose, code), cancellationToken);
        }
        catch
        {
            // It counts for nothing: the next may be sent.
            codes.Withdraw(code);
            throw;
        }

        logger.MailSent($"{wish.Purpose}", code.Account);
    }

    /// <summary>One that waits: a code that is to be made, or a mail as it is.</summary>
    private readonly record struct Waiting(MailWish Wish, OutgoingMail? Mail);
}
