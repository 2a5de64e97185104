using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SpotifyCore.Backend.Configuration;
using SpotifyCore.Backend.Mail;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Mail;

public sealed class MailSenderTests : IDisposable
{
    private static readonly OutgoingMail Mail = new("ann@example.com", "A subject", "A line\n\n    and a code\n.\nend");

    private readonly TempDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task File_EachMail_IsOneFileForItsOwnerAlone()
    {
        var sender = new FileMailSender(_directory["mail"], "music@example.com", _time);

        await sender.SendAsync(Mail, default);
        await sender.SendAsync(Mail, default);

        var files = Directory.GetFiles(_directory["mail"]);
        Assert.Equal(2, files.Length);
        Assert.All(files, static file => Assert.EndsWith(".eml", file, StringComparison.Ordinal));
        var text = (await File.ReadAllTextAsync(files[0])).ReplaceLineEndings("\n");
        Assert.Contains("From: music@example.com\n", text, StringComparison.Ordinal);
        Assert.Contains("To: ann@example.com\n", text, StringComparison.Ordinal);
        Assert.Contains("Subject: A subject\n", text, StringComparison.Ordinal);
        Assert.Contains("Date: Fri, 02 Jan 1970 00:00:00 +0000\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n\nA line\n\n    and a code\n.\nend", text.TrimEnd(), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(files[0]));
    }

    [Fact]
    public async Task Smtp_ServerOnThisMachine_TakesTheWholeMail()
    {
        await using var server = new MailServer();

        await Smtp(server, MailSecurity.None).SendAsync(Mail, default);

        Assert.Contains(server.Heard, static line => line.StartsWith("MAIL FROM:<music@example.com>", StringComparison.Ordinal));
        Assert.Contains(server.Heard, static line => line.StartsWith("RCPT TO:<ann@example.com>", StringComparison.Ordinal));
        Assert.Contains("    and a code", server.Heard);
        Assert.Contains("..", server.Heard);
    }

    [Fact]
    public async Task Smtp_ServerThatRefuses_SaysWhy()
    {
        await using var server = new MailServer(verdict: "554 not for you");

        var failed = await Assert.ThrowsAsync<IOException>(() => Smtp(server, MailSecurity.None).SendAsync(Mail, default));

        Assert.Contains("not for you", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Smtp_ServerWithoutTls_GetsNothingWhereItIsWanted()
    {
        await using var server = new MailServer();

        await Assert.ThrowsAsync<IOException>(() => Smtp(server, MailSecurity.StartTls).SendAsync(Mail, default));

        Assert.DoesNotContain(server.Heard, static line => line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Smtp_ServerThatNobodyVouchesFor_GetsNothing()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using var server = new MailServer(certificate);

        await Assert.ThrowsAsync<IOException>(() => Smtp(server, MailSecurity.StartTls).SendAsync(Mail, default));

        Assert.DoesNotContain(server.Heard, static line => line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Smtp_NobodyThere_SaysSo()
    {
        var options = Options(FreePort.Take(), MailSecurity.None);

        await Assert.ThrowsAsync<IOException>(() => new SmtpMailSender(options, _time).SendAsync(Mail, default));
    }

    private SmtpMailSender Smtp(MailServer server, MailSecurity security) => new(Options(server.Port, security), _time);

    private static MailOptions Options(int port, MailSecurity security) => new()
    {
        Server = "127.0.0.1", Port = port, Security = security, From = "music@example.com",
    };
}
