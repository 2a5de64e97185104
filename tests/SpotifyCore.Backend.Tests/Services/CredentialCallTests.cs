using Grpc.Core;
using SpotifyCore.Backend.Tests.Mail;
using SpotifyCore.Backend.Tests.SignIn;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing;
using SpotifyCore.Testing.Calls;
using static SpotifyCore.Backend.Tests.Services.OnlineCalls;

namespace SpotifyCore.Backend.Tests.Services;

/// <summary>What an account's owner changes of how he comes in, over the wire.</summary>
public sealed class CredentialCallTests : IAsyncLifetime
{
    private readonly BackendFixture _backend = new() { SendsMail = true };

    public Task InitializeAsync() => _backend.InitializeAsync();

    public Task DisposeAsync() => _backend.DisposeAsync();

    [Fact]
    public async Task ChangePassword_ProvedByTheFormer_EndsAllButThisSession()
    {
        using var owner = await _backend.ConnectAsync("ann", peer: 1);
        using var here = await GoOnlineAsync(owner);
        using var other = await _backend.ConnectAsync("ann", peer: 2);
        using var there = await GoOnlineAsync(other);
        var app = (await owner.UserAccounts().AddAppPasswordAsync(new AddAppPasswordRequest { Name = "radio" })).Password;

        var wrong = await ProveAsync(owner, password: "a guess");
        Assert.Equal("Wrong password.", await CallAssert.FailsAsync(
            StatusCode.InvalidArgument, () => ChangePasswordAsync(owner, "battery staple", wrong)));
        var asApp = await ProveAsync(owner, app);
        await CallAssert.FailsAsync(
            StatusCode.InvalidArgument, () => ChangePasswordAsync(owner, "battery staple", asApp));
        var proof = await ProveAsync(owner);
        await CallAssert.FailsAsync(StatusCode.InvalidArgument, () => ChangePasswordAsync(owner, "short", proof));
        Assert.NotEmpty((await _backend.LoginAsync("ann", peer: 3)).Session);

        Assert.Equal(2, (await ChangePasswordAsync(owner, "battery staple", await ProveAsync(owner))).Ended);

        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => ReadToEndAsync(there));
        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => ProfileAsync(other));
        Assert.Equal("ann", (await ProfileAsync(owner)).Name);
        await here.RequestStream.CompleteAsync();
        Assert.Null(await ReadToEndAsync(here));
        await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => _backend.LoginAsync("ann", peer: 1));
        using var stranger = _backend.Connect();
        await CallAssert.FailsAsync(
            StatusCode.Unauthenticated, () => BackendFixture.LoginAsync(stranger, "ann", app, peer: 4));
        Assert.NotEmpty((await BackendFixture.LoginAsync(stranger, "ann", "battery staple", peer: 4)).Session);
    }

    [Fact]
    public async Task ChangeEmail_Proved_IsToldToTheFormerAndVerifiedByTheCodeThatCame()
    {
        using var owner = await _backend.ConnectAsync("ann", peer: 1);
        await ChangeEmailAsync(owner, "ann@example.com");
        await owner.UserAccounts().VerifyEmailAsync(
            new VerifyEmailRequest { Code = await CodeOfAsync("ann@example.com") });
        Assert.True((await ProfileAsync(owner)).EmailVerified);
        await CallAssert.FailsAsync(StatusCode.InvalidArgument, () => ChangeEmailAsync(owner, "no address"));
        await CallAssert.FailsAsync(StatusCode.FailedPrecondition, () => ChangeEmailAsync(owner, "ann@example.com"));

        Assert.True((await ChangeEmailAsync(owner, "ann@example.org")).CodeSent);

        var profile = await ProfileAsync(owner);
        Assert.Equal(("ann@example.org", false), (profile.Email, profile.EmailVerified));
        var code = await CodeOfAsync("ann@example.org");
        var told = Assert.Single(Mails("ann@example.com"), static mail => mail.Contains("Your address was changed", StringComparison.Ordinal));
        Assert.DoesNotContain("example.org", told, StringComparison.Ordinal);
        await owner.UserAccounts().VerifyEmailAsync(new VerifyEmailRequest { Code = code });
        Assert.True((await ProfileAsync(owner)).EmailVerified);

        Assert.False((await ChangeEmailAsync(owner, "")).CodeSent);
        Assert.Equal("", (await ProfileAsync(owner)).Email);
    }

    [Fact]
    public async Task ChangeEmail_NotProved_ChangesNothing()
    {
        using var owner = await _backend.ConnectAsync("ann", peer: 1);
        var wrong = await ProveAsync(owner, password: "a guess");
        foreach (var proof in new[] { null, wrong })
        {
            await CallAssert.FailsAsync(StatusCode.InvalidArgument, () => owner.Credentials().ChangeEmailAsync(
                new ChangeEmailRequest { Email = "thief@example.com", Proof = proof }).ResponseAsync);
        }

        Assert.Equal("", (await ProfileAsync(owner)).Email);
    }

    private static Task<OwnerProof> ProveAsync(EndpointChannel owner, string password = BackendFixture.Password) =>
        SignInFixture.ProveAsync(owner, "ann", peer: 1, password);

    private static Task<ChangePasswordReply> ChangePasswordAsync(
        EndpointChannel owner, string password, OwnerProof proof) => owner.Credentials().ChangePasswordAsync(
            new ChangePasswordRequest { Password = password, Proof = proof }).ResponseAsync;

    private static async Task<ChangeEmailReply> ChangeEmailAsync(EndpointChannel owner, string email) =>
        await owner.Credentials().ChangeEmailAsync(
            new ChangeEmailRequest { Email = email, Proof = await ProveAsync(owner) });

    private static async Task<Profile> ProfileAsync(EndpointChannel channel) =>
        await channel.UserAccounts().GetProfileAsync(new GetProfileRequest());

    private async Task<string> CodeOfAsync(string address)
    {
        string? code = null;
        await Eventually.TrueAsync(() => (code = Mails(address)
            .Select(static mail => ReadMail.CodeIn(mail, "verify")).FirstOrDefault(static found => found is not null)) is not null);
        return code!;
    }

    private List<string> Mails(string address) => Directory.Exists(_backend.MailDirectory)
        ? [.. Directory.GetFiles(_backend.MailDirectory, "*.eml").Select(File.ReadAllText)
            .Where(mail => mail.Contains($"To: {address}", StringComparison.Ordinal))]
        : [];
}
