using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Mail;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Mail;

public sealed class MailQueueTests
{
    [Fact]
    public async Task Send_AddressThatCannotBeWrittenTo_IsPassedOver()
    {
        using var directory = new TempDirectory();
        var time = new ManualTimeProvider();
        using var database = new SqliteDatabase(directory["service.db"]);
        var accounts = TestAccounts.In(database, time);
        foreach (var name in (string[])["ann", "bob"])
        {
            accounts.Add(name, "correct horse", AccountRoles.Listener);
            accounts.SetEmail(name, $"{name}@example.com");
        }

        var sender = new ChoosySender();
        using var queue = new MailQueue(new MailCodeStore(database, time), sender, NullLogger<MailQueue>.Instance);
        await queue.StartAsync(CancellationToken.None);

        Assert.True(queue.TryAsk(new MailWish(MailPurpose.Verification, "ann")));
        Assert.True(queue.TryAsk(new MailWish(MailPurpose.Verification, "bob")));

        Assert.Equal("bob@example.com", (await sender.Sent.WaitAsync(TimeSpan.FromSeconds(30))).To);
        await queue.StopAsync(CancellationToken.None);
    }

    /// <summary>Fails as a library does that reads an address otherwise than the one that let it pass.</summary>
    private sealed class ChoosySender : IMailSender
    {
        private readonly TaskCompletionSource<OutgoingMail> _sent = new();

        public bool CanSend => true;

        public Task<OutgoingMail> Sent => _sent.Task;

        public Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
        {
            if (mail.To.StartsWith("ann", StringComparison.Ordinal))
                throw new FormatException("That is no address.");

            _sent.SetResult(mail);
            return Task.CompletedTask;
        }
    }
}
