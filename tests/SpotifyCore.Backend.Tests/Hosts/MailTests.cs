using SpotifyCore.Backend.Tests.Mail;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Backend.Tests.Hosts;

/// <summary>Mail as an operator sets it up.</summary>
public sealed class MailTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Register_WithAnAddress_LaysAMailIntoTheDirectory()
    {
        await using var host = await AccessPointProcess.StartAsync(
            _directory, "--listen", "http://127.0.0.1:0", "--mail:directory", _directory["mail"],
            "--mail:from", "music@example.com");
        var opened = await AccessPointProcess.RunAsync(
            _directory, null, "registration", "open", "--data-directory", _directory["data"]);
        Assert.Equal(0, opened.ExitCode);
        using var channel = new EndpointChannel(new EndpointChannelOptions { Address = host.Address });

        await channel.UserAccounts().RegisterAsync(new RegisterRequest
        {
            Name = "ann", Password = "correct horse", Country = "SE", Email = "ann@example.com",
        });

        string[] mails = [];
        await Eventually.TrueAsync(() => Directory.Exists(_directory["mail"])
            && (mails = Directory.GetFiles(_directory["mail"], "*.eml")).Length == 1);
        var code = ReadMail.CodeIn(await File.ReadAllTextAsync(mails[0]), "verify");
        Assert.Equal("ann", (await channel.UserAccounts().VerifyEmailAsync(new VerifyEmailRequest { Code = code })).Name);
    }

    [Theory]
    [InlineData("Mail:From must be the address", "--mail:directory", "mail")]
    [InlineData("Mail:From must be the address", "--mail:server", "smtp.example.com", "--mail:from", "music")]
    [InlineData("exclude each other", "--mail:server", "smtp.example.com", "--mail:directory", "mail", "--mail:from", "a@example.com")]
    [InlineData("for a server on this machine alone", "--mail:server", "smtp.example.com", "--mail:security", "None", "--mail:from", "a@example.com")]
    public async Task Start_MailThatCantBe_SaysWhy(string said, params string[] options)
    {
        var run = await AccessPointProcess.RunAsync(
            _directory, null, [.. options, "--data-directory", _directory["data"], "--listen", "http://127.0.0.1:0"]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(said, run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_directory["data"]));
    }
}
