using System.Net;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Accounts;

public sealed class LoginServiceTests : IDisposable
{
    // Fewer than an address may fail at before it has to wait.
    private const int TriesOfAddress = 10;

    private static readonly PeerId Peer = new(42);

    private readonly TempDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly LoginThrottle _throttle = new();
    private readonly ServiceDatabase _database;
    private readonly LoginService _logins;

    public LoginServiceTests()
    {
        _database = new SqliteDatabase(_directory["service.db"]);
        var sessions = new SessionStore(_database, _time, TimeSpan.FromDays(1));
        var passwords = new PasswordVerifier(
            new AccountStore(_database, new PasswordHasher(), _time), new AppPasswordStore(_database, _time),
            new HashingQueue());
        _logins = new LoginService(passwords, sessions, _throttle, _time);
    }

    [Theory]
    [InlineData(AccountRules.MaxNameLength, 2)]
    [InlineData(AccountRules.MaxNameLength + 1, 0)]
    public async Task Login_NameOfALength_IsWrongAndRememberedOnlyIfItCanBeOne(int length, int remembered)
    {
        var result = await _logins.LoginAsync(
            new LoginAttempt(new string('a', length), "guess", Peer, IPAddress.Loopback), default);

        Assert.Equal(LoginResult.Wrong, result);
        Assert.Equal(remembered, _throttle.Count);
    }

    [Fact]
    public async Task Login_GuessesBetweenRightAppPasswords_HaveToWait()
    {
        var account = TestAccounts.In(_database, _time).Add("ann", "correct horse", AccountRoles.Listener);
        var app = new AppPasswordStore(_database, _time).Add(account, "radio")!;
        Task<LoginResult> TryAsync(string password) =>
            _logins.LoginAsync(new LoginAttempt("ann", password, Peer, IPAddress.Loopback), default);

        for (var round = 0; round < 3; round++)
        {
            Assert.NotNull((await TryAsync(app)).Token);
            for (var guess = 0; guess < 2; guess++)
                Assert.Equal(round < 2 || guess == 0, (await TryAsync("a guess")) == LoginResult.Wrong);
        }
    }

    [Fact]
    public async Task Login_WhileTooManyWait_OneOfTheAddressWithTheMostIsTurnedAwayAndCountsAsNoTry()
    {
        using var end = new CancellationTokenSource();
        var crowd = new List<Task<LoginResult>>();
        while (await CountTurnedAwayAsync(crowd) == 0)
            crowd.Add(TryAsync(crowd.Count, address: crowd.Count / TriesOfAddress, end.Token));

        // Somebody else gets his answer, and before most of them.
        Assert.Equal(LoginResult.Wrong, await TryAsync(name: -1, address: -1, CancellationToken.None));
        Assert.InRange(crowd.Count(static login => !login.IsCompleted), 100, int.MaxValue);

        await end.CancelAsync();
        await ((Task)Task.WhenAll(crowd)).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        // An entry for the name of each that was taken, and one for each address.
        var taken = crowd.Count - await CountTurnedAwayAsync(crowd);
        var addresses = ((crowd.Count - 1) / TriesOfAddress) + 1;
        Assert.Equal(taken + addresses + 2, _throttle.Count);
    }

    private static async Task<int> CountTurnedAwayAsync(IEnumerable<Task<LoginResult>> logins)
    {
        var count = 0;
        foreach (var login in logins.Where(static login => login.IsCompletedSuccessfully))
            count += (await login).Wait > TimeSpan.Zero ? 1 : 0;

        return count;
    }

    private Task<LoginResult> TryAsync(int name, int address, CancellationToken cancellationToken) => _logins.LoginAsync(
        new LoginAttempt($"name{name}", "guess", Peer, new IPAddress(BitConverter.GetBytes(address))),
        cancellationToken);

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }
}
