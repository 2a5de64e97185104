using System.Net;
using Microsoft.IdentityModel.Tokens;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Backend.SignIn;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.SignIn;

/// <summary>When a provider is asked for its documents, and what becomes of those who wait for them.</summary>
public sealed class IdentityProviderTests : IAsyncLifetime
{
    private const string Nonce = "nonce";
    private const int Several = 5;

    private readonly ManualTimeProvider _time = new();
    private ScriptedProvider _script = null!;
    private IdentityProvider _provider = null!;

    public async Task InitializeAsync()
    {
        _script = await ScriptedProvider.StartAsync();
        _provider = new IdentityProvider(_script.Setting, _time);
    }

    public async Task DisposeAsync()
    {
        _provider.Dispose();
        await _script.DisposeAsync();
    }

    [Fact]
    public async Task Verify_OverAndOver_AsksOnceInHalfADay()
    {
        for (var i = 0; i < Several; i++)
            Assert.NotNull((await VerifyAsync(_script.Key!)).Identity);
        _time.Advance(ProviderDocuments.Freshness - TimeSpan.FromSeconds(1));
        Assert.NotNull((await VerifyAsync(_script.Key!)).Identity);

        Assert.Equal(1, _script.Looks);
    }

    [Theory]
    [InlineData("https://id.example.com", "has another issuer")]
    [InlineData("", "does not answer")]
    public async Task Verify_WrongConfiguration_IsAskedForAgainAfterAWhile(string issuer, string told)
    {
        var right = _script.ToldIssuer;
        _script.ToldIssuer = issuer;
        for (var i = 0; i < Several; i++)
        {
            var verdict = await VerifyAsync(_script.Key!);
            Assert.True(verdict.IsUnanswered);
            Assert.Contains(told, verdict.Reason, StringComparison.Ordinal);
        }

        _script.ToldIssuer = right;
        _time.Advance(ProviderDocuments.LookInterval - TimeSpan.FromSeconds(1));
        Assert.True((await VerifyAsync(_script.Key!)).IsUnanswered);
        Assert.Equal(1, _script.Looks);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.NotNull((await VerifyAsync(_script.Key!)).Identity);
        Assert.Equal(2, _script.Looks);
    }

    [Fact]
    public async Task Verify_NewDocumentsThatCantBeRight_KeepsTheOld()
    {
        var (key, issuer) = (_script.Key!, _script.ToldIssuer);
        Assert.NotNull((await VerifyAsync(key)).Identity);
        _script.Key = null;
        Assert.Contains("no key", (await VerifyAsync(ScriptedProvider.NewKey())).Reason, StringComparison.Ordinal);
        Assert.NotNull((await VerifyAsync(key)).Identity);

        (_script.Key, _script.ToldIssuer) = (ScriptedProvider.NewKey(), "https://id.example.com");
        _time.Advance(ProviderDocuments.LookInterval);
        Assert.Contains("another issuer", (await VerifyAsync(_script.Key)).Reason, StringComparison.Ordinal);
        Assert.NotNull((await VerifyAsync(key)).Identity);

        _script.ToldIssuer = issuer;
        _time.Advance(ProviderDocuments.LookInterval);
        Assert.NotNull((await VerifyAsync(_script.Key)).Identity);
    }

    [Fact]
    public async Task Verify_TokensOfKeysThatNobodyKnows_LookOnceInAWhile()
    {
        Assert.NotNull((await VerifyAsync(_script.Key!)).Identity);
        for (var i = 0; i < Several; i++)
            Assert.False((await VerifyAsync(ScriptedProvider.NewKey())).IsUnanswered);
        Assert.Equal(2, _script.Looks);

        _time.Advance(ProviderDocuments.LookInterval);
        Assert.Null((await VerifyAsync(ScriptedProvider.NewKey())).Identity);
        Assert.Equal(3, _script.Looks);
    }

    [Fact]
    public async Task Verify_ManyAtOnce_ShareALook()
    {
        _script.Hold();
        var waiting = Enumerable.Range(0, Several).Select(_ => VerifyAsync(_script.Key!)).ToList();

        _script.Continue();

        Assert.All(await Task.WhenAll(waiting), static verdict => Assert.NotNull(verdict.Identity));
        Assert.Equal(1, _script.Looks);
    }

    [Fact]
    public async Task Verify_WhileTheProviderIsSilent_WaitsForABoundedWhile()
    {
        _script.Hold();
        var first = VerifyAsync(_script.Key!);
        _time.Advance(ProviderDocuments.Patience / 2);
        var second = VerifyAsync(_script.Key!);
        _time.Advance(ProviderDocuments.Patience / 2);
        Assert.True((await first).IsUnanswered);

        _script.Continue();
        Assert.NotNull((await second).Identity);
    }

    [Fact]
    public async Task SignIn_CalledOffWhileTheProviderIsSilent_IsNoTry()
    {
        using var directory = new TempDirectory();
        using var database = new SqliteDatabase(directory["service.db"]);
        var registrations = new RegistrationStore(database, TestAccounts.In(database, _time), _time);
        var signIns = new SignInService(
            new LinkStore(database, registrations, TestAccounts.Hasher, _time), registrations,
            new SessionStore(database, _time, TimeSpan.FromDays(1)), _time);
        using var over = new CancellationTokenSource();
        await over.CancelAsync();
        Task<SignInResult> TryAsync(CancellationToken cancellationToken)
        {
            var challenge = signIns.Begin();
            var token = _script.TokenWith(_script.Key!, SignInNonce.Of(challenge, new PeerId(1)));
            var attempt = new SignInAttempt(_provider, token, challenge, new PeerId(1))
            {
                Address = IPAddress.Loopback,
            };
            return signIns.SignInAsync(attempt, wanted: null, cancellationToken);
        }

        _script.Hold();
        for (var i = 0; i <= LoginThrottle.FreePerAddress; i++)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TryAsync(over.Token));
        _script.Continue();

        Assert.Equal(SignInOutcome.NoAccount, (await TryAsync(default)).Outcome);
    }

    private Task<IdTokenVerdict> VerifyAsync(RsaSecurityKey key) =>
        _provider.VerifyAsync(_script.TokenWith(key, Nonce), Nonce, default);
}
