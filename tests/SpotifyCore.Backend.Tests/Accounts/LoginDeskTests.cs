using System.Net;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Accounts;

public sealed class LoginDeskTests : IDisposable
{
    private static readonly PeerId Peer = new(42);

    private readonly TempDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly LoginThrottle _throttle = new();
    private readonly ServiceDatabase _database;
    private readonly LoginDesk _desk;

    public LoginDeskTests()
    {
        _database = new ServiceDatabase(_directory["service.db"]);
        var sessions = new SessionStore(_database, _time, TimeSpan.FromDays(1));
        _desk = new LoginDesk(new AccountStore(_database, _time), sessions, _throttle, _time);
    }

    [Theory]
    [InlineData(AccountStore.MaxNameLength, 2)]
    [InlineData(AccountStore.MaxNameLength + 1, 0)]
    public async Task Login_NameOfALength_IsWrongAndRememberedOnlyIfItCanBeOne(int length, int remembered)
    {
        var result = await _desk.LoginAsync(new string('a', length), "guess", Peer, IPAddress.Loopback, default);

        Assert.Equal(LoginResult.Wrong, result);
        Assert.Equal(remembered, _throttle.Count);
    }

    [Fact]
    public async Task Login_WhileTooManyWait_IsTurnedAwayAndCountsAsNoTry()
    {
        using var end = new CancellationTokenSource();
        var waiting = new List<Task<LoginResult>>();
        Task<LoginResult> last;
        do
        {
            // Each by itself: a name and an address of its own.
            var address = new IPAddress(BitConverter.GetBytes(waiting.Count));
            last = _desk.LoginAsync($"name{waiting.Count}", "guess", Peer, address, end.Token);
            waiting.Add(last);
        }
        while (!last.IsCompleted || (await last).Wait == TimeSpan.Zero);

        // An entry for the name and one for the address of each that was taken.
        Assert.Equal(2 * (waiting.Count - 1), _throttle.Count);

        await end.CancelAsync();
        await ((Task)Task.WhenAll(waiting)).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Assert.Equal(2 * (waiting.Count - 1), _throttle.Count);
    }

    public void Dispose()
    {
        _desk.Dispose();
        _database.Dispose();
        _directory.Dispose();
    }
}
