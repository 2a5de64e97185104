using Grpc.Core;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Backend.Tests.Mail;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing;
using SpotifyCore.Testing.Calls;
using static SpotifyCore.Backend.Tests.Services.OnlineCalls;

namespace SpotifyCore.Backend.Tests.Services;

/// <summary>What a listener does with the mails that he gets, which are read from the files that they are.</summary>
public sealed class MailCodeCallTests : IAsyncLifetime
{
    private readonly BackendFixture _backend = new() { SendsMail = true };

    public async Task InitializeAsync()
    {
        await _backend.InitializeAsync();
        _backend.Registration.Set("", RegistrationMode.Open);
    }

    public Task DisposeAsync() => _backend.DisposeAsync();

    [Fact]
    public async Task Register_WithAnAddress_IsVerifiedByTheCodeThatCameThere()
    {
        using var stranger = _backend.Connect();
        await RegisterAsync(stranger, "erin");
        using var erin = await _backend.ConnectAsync("erin", peer: 500);
        Assert.False((await ProfileAsync(erin)).EmailVerified);

        var code = await CodeOfAsync("erin@example.com", "verify");
        Assert.Equal("erin", (await stranger.UserAccounts().VerifyEmailAsync(new VerifyEmailRequest { Code = code })).Name);

        Assert.True((await ProfileAsync(erin)).EmailVerified);
        await CallAssert.FailsAsync(StatusCode.FailedPrecondition, () =>
            stranger.UserAccounts().VerifyEmailAsync(new VerifyEmailRequest { Code = code }).ResponseAsync);
        await CallAssert.FailsAsync(StatusCode.FailedPrecondition, () =>
            erin.UserAccounts().SendVerificationAsync(new SendVerificationRequest()).ResponseAsync);
    }

    [Fact]
    public async Task ResetPassword_WithTheCodeThatCame_LogsOutEverywhere()
    {
        using var stranger = _backend.Connect();
        await RegisterAsync(stranger, "erin");
        await stranger.UserAccounts().VerifyEmailAsync(
            new VerifyEmailRequest { Code = await CodeOfAsync("erin@example.com", "verify") });
        using var erin = await _backend.ConnectAsync("erin", peer: 510);
        using var online = await GoOnlineAsync(erin);

        await stranger.UserAccounts().AskPasswordResetAsync(new AskPasswordResetRequest { Name = "Erin" });
        var code = await CodeOfAsync("erin@example.com", "reset");
        var request = new ResetPasswordRequest { Code = code, Password = "erin" };
        await CallAssert.FailsAsync(
            StatusCode.InvalidArgument, () => stranger.UserAccounts().ResetPasswordAsync(request).ResponseAsync);
        request.Password = "battery staple";
        Assert.Equal("erin", (await stranger.UserAccounts().ResetPasswordAsync(request)).Name);

        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => ReadToEndAsync(online));
        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => _backend.LoginAsync("erin", peer: 510));
        Assert.NotEmpty((await BackendFixture.LoginAsync(stranger, "erin", "battery staple", peer: 510)).Session);
        await CallAssert.FailsAsync(
            StatusCode.FailedPrecondition, () => stranger.UserAccounts().ResetPasswordAsync(request).ResponseAsync);
    }

    [Fact]
    public async Task AskPasswordReset_WhoeverIsNamed_IsAnsweredAlikeAndOnlyAVerifiedAddressHearsOfIt()
    {
        using var stranger = _backend.Connect();
        await RegisterAsync(stranger, "erin");
        await RegisterAsync(stranger, "frank");
        await stranger.UserAccounts().VerifyEmailAsync(
            new VerifyEmailRequest { Code = await CodeOfAsync("erin@example.com", "verify") });

        foreach (var name in new[] { "nobody", "ann", "frank", new string('x', 1_000), "erin" })
        {
            Assert.Equal(
                new AskPasswordResetReply(),
                await stranger.UserAccounts().AskPasswordResetAsync(new AskPasswordResetRequest { Name = name }));
        }

        // They are sent in their order: when the last has come, none of the others will.
        await CodeOfAsync("erin@example.com", "reset");
        Assert.DoesNotContain(Mails(), static mail => mail.Contains("account reset", StringComparison.Ordinal)
            && !mail.Contains("To: erin@example.com", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Codes_Guessed_HaveToWait()
    {
        using var stranger = _backend.Connect();
        var guess = new ResetPasswordRequest { Code = new string('a', 32), Password = "battery staple" };
        for (var i = 0; i < LoginThrottle.FreePerAddress; i++)
        {
            await CallAssert.FailsAsync(
                StatusCode.FailedPrecondition, () => stranger.UserAccounts().ResetPasswordAsync(guess).ResponseAsync);
        }

        await CallAssert.FailsAsync(
            StatusCode.ResourceExhausted, () => stranger.UserAccounts().ResetPasswordAsync(guess).ResponseAsync);
        await CallAssert.FailsAsync(StatusCode.ResourceExhausted, () => stranger.UserAccounts()
            .VerifyEmailAsync(new VerifyEmailRequest { Code = guess.Code }).ResponseAsync);
        await CallAssert.FailsAsync(StatusCode.ResourceExhausted, () => stranger.UserAccounts()
            .AskPasswordResetAsync(new AskPasswordResetRequest { Name = "ann" }).ResponseAsync);
        Assert.NotEmpty((await _backend.LoginAsync("ann", peer: 520)).Session);
    }

    [Fact]
    public async Task WithoutMail_NothingIsAskedFor()
    {
        var plain = new BackendFixture();
        await plain.InitializeAsync();
        using (var stranger = plain.Connect())
        {
            await CallAssert.FailsAsync(StatusCode.FailedPrecondition, () => stranger.UserAccounts()
                .AskPasswordResetAsync(new AskPasswordResetRequest { Name = "ann" }).ResponseAsync);
        }

        await plain.DisposeAsync();
    }

    private static async Task RegisterAsync(EndpointChannel channel, string name) =>
        await channel.UserAccounts().RegisterAsync(new RegisterRequest
        {
            Name = name, Password = BackendFixture.Password, Country = "SE", Email = $"{name}@example.com",
        });

    private static async Task<Profile> ProfileAsync(EndpointChannel channel) =>
        await channel.UserAccounts().GetProfileAsync(new GetProfileRequest());

    private async Task<string> CodeOfAsync(string address, string word)
    {
        var code = "";
        await Eventually.TrueAsync(() =>
        {
            code = Mails().Where(mail => mail.Contains($"To: {address}", StringComparison.Ordinal))
                .Select(mail => ReadMail.CodeIn(mail, word)).FirstOrDefault(static found => found is not null) ?? "";
            return code.Length > 0;
        });
        return code;
    }

    private List<string> Mails() => Directory.Exists(_backend.MailDirectory)
        ? [.. Directory.GetFiles(_backend.MailDirectory, "*.eml").Select(File.ReadAllText)]
        : [];
}
