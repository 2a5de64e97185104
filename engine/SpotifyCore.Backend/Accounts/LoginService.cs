using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Limits;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Accounts;

/// <summary>
/// Turns a name and a password into a session. Hashing passwords is the dearest thing that a stranger can ask for, so
/// few are hashed at a time and few wait, whose turns are shared out among addresses. Safe for many threads.
/// </summary>
internal sealed class LoginService(
    AccountStore accounts, SessionStore sessions, LoginThrottle throttle, TimeProvider time)
{
    private const int MaxWaiting = 256;

    private readonly HashingQueue _hashing = new(Environment.ProcessorCount, MaxWaiting);

    /// <summary>Tries to log in.</summary>
    public async Task<LoginResult> LoginAsync(LoginAttempt attempt, CancellationToken cancellationToken)
    {
        // Nobody has such a name, and what is remembered of one would be as long.
        if (attempt.Name.Length > AccountStore.MaxNameLength)
            return LoginResult.Wrong;

        PeerId? device = sessions.Knows(attempt.Name, attempt.Peer) ? attempt.Peer : null;
        var wait = throttle.Begin(attempt.Name, device, attempt.Address, time.GetInstant());
        if (wait > TimeSpan.Zero)
            return LoginResult.Throttled(wait);

        Account? account;

        // A try that is called off counts: else nobody who guesses would wait for an answer.
        var outcome = LoginOutcome.Wrong;
        try
        {
            if (await VerifyAsync(attempt, cancellationToken) is not { } checkedAccount)
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
            throttle.End(attempt.Name, device, attempt.Address, outcome, time.GetInstant());
        }

        if (account is null)
            return LoginResult.Wrong;

        var missing = attempt.Needed & ~account.Roles;
        return missing == AccountRoles.None
            ? LoginResult.Right(sessions.Open(account, attempt.Peer))
            : LoginResult.Lacking(missing);
    }

    private async Task<CheckedAccount?> VerifyAsync(LoginAttempt attempt, CancellationToken cancellationToken)
    {
        if (!await _hashing.EnterAsync(Subnet.Of(attempt.Address), cancellationToken))
            return null;

        try
        {
            // On a thread of its own: the pool's are few, and all other calls would wait for one.
            return new CheckedAccount(await Task.Factory.StartNew(
                () => accounts.Verify(attempt.Name, attempt.Password),
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
