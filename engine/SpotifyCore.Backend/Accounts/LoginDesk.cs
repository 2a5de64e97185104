using System.Net;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Limits;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Accounts;

/// <summary>
/// Turns a name and a password into a session. Hashing passwords is the dearest thing that a stranger can ask for, so
/// few are hashed at a time and few wait, whose turns are shared out among addresses. Safe for many threads.
/// </summary>
public sealed class LoginDesk(AccountStore accounts, SessionStore sessions, LoginThrottle throttle, TimeProvider time)
{
    private const int MaxWaiting = 256;

    private readonly HashingQueue _hashing = new(Environment.ProcessorCount, MaxWaiting);

    /// <summary>Tries to log in.</summary>
    public async Task<LoginResult> LoginAsync(
        string name, string password, PeerId peer, IPAddress? address, CancellationToken cancellationToken)
    {
        // Nobody has such a name, and what is remembered of one would be as long.
        if (name.Length > AccountStore.MaxNameLength)
            return LoginResult.Wrong;

        PeerId? device = sessions.Knows(name, peer) ? peer : null;
        var wait = throttle.Begin(name, device, address, time.GetInstant());
        if (wait > TimeSpan.Zero)
            return LoginResult.Throttled(wait);

        Account? account;

        // A try that is called off counts: else nobody who guesses would wait for an answer.
        var outcome = LoginOutcome.Wrong;
        try
        {
            if (await VerifyAsync(name, password, Subnet.Of(address), cancellationToken) is not { } checkedAccount)
            {
                outcome = LoginOutcome.NotTried;
                return LoginResult.Throttled(TimeSpan.FromSeconds(1));
            }

            account = checkedAccount.Account;
            if (account is not null)
                outcome = LoginOutcome.Right;
        }
        finally
        {
            throttle.End(name, device, address, outcome, time.GetInstant());
        }

        return account is null ? LoginResult.Wrong : LoginResult.Right(sessions.Open(account, peer));
    }

    private async Task<CheckedAccount?> VerifyAsync(
        string name, string password, Subnet subnet, CancellationToken cancellationToken)
    {
        if (!await _hashing.EnterAsync(subnet, cancellationToken))
            return null;

        try
        {
            // On a thread of its own: the pool's are few, and all other calls would wait for one.
            return new CheckedAccount(await Task.Factory.StartNew(
                () => accounts.Verify(name, password),
                cancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default));
        }
        finally
        {
            _hashing.Leave();
        }
    }

    private readonly record struct CheckedAccount(Account? Account);
}
