using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.SignIn;
using SpotifyCore.Backend.Tests.Services;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing.Calls;
using SpotifyCore.Testing.Providers;

namespace SpotifyCore.Backend.Tests.SignIn;

/// <summary>Tokens as an attacker makes them, or has them from elsewhere; what they lack is named by the test.</summary>
public sealed class HostileTokenTests(SignInFixture fixture) : IClassFixture<SignInFixture>, IAsyncLifetime
{
    private const int Peer = 600;

    // What other tests failed at is forgiven.
    public Task InitializeAsync()
    {
        fixture.Backend.Time.Advance(LoginThrottle.Memory);
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task SignIn_TokenAsTheProviderMakesThem_IsTaken() =>
        Assert.NotEmpty((await TryAsync(static _ => { })).Session);

    [Fact]
    public Task SignIn_OfAnotherAudience_IsRefused() =>
        RefusesAsync("for another service", static token => token.Audience = "another");

    [Fact]
    public Task SignIn_OfAnotherIssuer_IsRefused() =>
        RefusesAsync("another provider", static token => token.Issuer = "https://id.example.com/");

    [Fact]
    public Task SignIn_Expired_IsRefused() => RefusesAsync("expired", static token =>
        (token.IssuedAt, token.NotBefore, token.Expires) =
            (DateTime.UtcNow.AddHours(-2), DateTime.UtcNow.AddHours(-2), DateTime.UtcNow.AddHours(-1)));

    [Fact]
    public Task SignIn_NotYetValid_IsRefused() => RefusesAsync("does not hold now", static token =>
        (token.NotBefore, token.Expires) = (DateTime.UtcNow.AddHours(1), DateTime.UtcNow.AddHours(2)));

    [Fact]
    public Task SignIn_Unsigned_IsRefused() =>
        RefusesAsync("not signed", static token => token.SigningCredentials = null);

    [Fact]
    public async Task SignIn_SignedWithAnotherKeyOfTheSameName_IsRefused()
    {
        using var key = RSA.Create(2_048);
        await RefusesAsync("not signed", token => token.SigningCredentials = new SigningCredentials(
            new RsaSecurityKey(key.ExportParameters(true)) { KeyId = fixture.OpenIddict.Key.KeyId },
            SecurityAlgorithms.RsaSha256));
    }

    [Fact]
    public async Task SignIn_SignedWithThePublicKeyAsASecret_IsRefused()
    {
        var rsa = fixture.OpenIddict.Key.Rsa;
        foreach (var secret in new[]
        {
            rsa.ExportRSAPublicKey(), rsa.ExportSubjectPublicKeyInfo(),
            Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()),
        })
        {
            await RefusesAsync("not signed", token => token.SigningCredentials = new SigningCredentials(
                new SymmetricSecurityKey(secret) { KeyId = fixture.OpenIddict.Key.KeyId },
                SecurityAlgorithms.HmacSha256));
        }
    }

    [Fact]
    public Task SignIn_WithAnotherNonceOrNone_IsRefused() => Task.WhenAll(
        RefusesAsync("another sign-in", static token => token.Claims["nonce"] = "other"),
        RefusesAsync("another sign-in", static token => token.Claims.Remove("nonce")));

    [Fact]
    public Task SignIn_OfNobody_IsRefused() => Task.WhenAll(
        RefusesAsync("", static token => token.Claims.Remove("sub")),
        RefusesAsync("whom it is of", static token => token.Claims["sub"] = new string('x', 256)),
        RefusesAsync("whom it is of", static token => token.Claims["sub"] = "a\0b"));

    [Fact]
    public async Task SignIn_NoToken_IsRefused()
    {
        using var stranger = fixture.Backend.Connect();
        foreach (var token in new[] { "", "x", "a.b.c", "e30.e30.", "e30.e30.e30", new string('x', 15_000) })
        {
            var begun = await stranger.ExternalSignIn().BeginSignInAsync(new BeginSignInRequest());
            await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => SignInCallTests.SignInAsync(
                stranger, SignInFixture.Request(begun.Challenge, token, Peer)));
        }
    }

    [Fact]
    public async Task SignIn_OverAndOver_HasToWait()
    {
        await using var busy = new Busy();
        await busy.Fixture.InitializeAsync();
        using var stranger = busy.Fixture.Backend.Connect();
        var begun = await stranger.ExternalSignIn().BeginSignInAsync(new BeginSignInRequest());
        var request = SignInFixture.Request(begun.Challenge, "a.b.c", Peer);
        for (var i = 0; i < LoginThrottle.FreePerAddress; i++)
            await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => SignInCallTests.SignInAsync(stranger, request));

        Assert.Contains("wait", await CallAssert.FailsAsync(
            StatusCode.ResourceExhausted, () => SignInCallTests.SignInAsync(stranger, request)));
        Assert.NotEmpty((await busy.Fixture.Backend.LoginAsync("ann", peer: Peer)).Session);
    }

    // For a login it does.
    [Fact]
    public async Task Proof_OfASignInOfLongAgo_IsRefused()
    {
        using var owner = fixture.Backend.Connect((await TryAsync(static _ => { })).Session);
        foreach (var change in new Action<SecurityTokenDescriptor>[]
        {
            static token => token.IssuedAt = DateTime.UtcNow - SignInService.ProofAge - TimeSpan.FromMinutes(1),
            static token => token.Claims["auth_time"] = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds(),
        })
        {
            Assert.NotEmpty((await TryAsync(change)).Session);
            owner.Session = (await TryAsync(static _ => { })).Session;
            Assert.Contains("too long ago", await CallAssert.FailsAsync(
                StatusCode.InvalidArgument, () => ChangeAsync(owner, change, "old@example.com")));
        }

        await ChangeAsync(
            owner, static token => token.Claims["auth_time"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            "hostile@example.com");
    }

    private async Task ChangeAsync(EndpointChannel owner, Action<SecurityTokenDescriptor> change, string email)
    {
        var proof = new OwnerProof { SignIn = await MakeAsync(owner, change) };
        await owner.Credentials().ChangeEmailAsync(new ChangeEmailRequest { Email = email, Proof = proof });
    }

    private async Task RefusesAsync(string reason, Action<SecurityTokenDescriptor> change) => Assert.Contains(
        reason, await CallAssert.FailsAsync(StatusCode.Unauthenticated, () => TryAsync(change)));

    // As the provider makes them, but for the change.
    private async Task<LoginReply> TryAsync(Action<SecurityTokenDescriptor> change)
    {
        using var stranger = fixture.Backend.Connect();
        var request = await MakeAsync(stranger, change);
        request.Account = new AccountToMake { Country = "SE" };
        return await SignInCallTests.SignInAsync(stranger, request);
    }

    private async Task<SignInRequest> MakeAsync(EndpointChannel channel, Action<SecurityTokenDescriptor> change)
    {
        var begun = await channel.ExternalSignIn().BeginSignInAsync(new BeginSignInRequest());
        var token = new SecurityTokenDescriptor
        {
            Issuer = fixture.OpenIddict.Issuer,
            Audience = OpenIddictProvider.ClientId,
            IssuedAt = DateTime.UtcNow,
            Expires = DateTime.UtcNow.AddMinutes(5),
            SigningCredentials = new SigningCredentials(fixture.OpenIddict.Key, SecurityAlgorithms.RsaSha256),
            Claims = new Dictionary<string, object>
            {
                ["sub"] = "hostile", ["nonce"] = SignInNonce.Of(begun.Challenge.Span, BackendFixture.Identity(Peer).Id),
            },
        };
        change(token);
        return SignInFixture.Request(begun.Challenge, new JsonWebTokenHandler().CreateToken(token), Peer);
    }

    private sealed class Busy : IAsyncDisposable
    {
        public SignInFixture Fixture { get; } = new();

        public async ValueTask DisposeAsync() => await Fixture.DisposeAsync();
    }
}
