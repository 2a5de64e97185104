using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Accounts;

/// <summary>Turns a name and a password into a session. Safe for many threads.</summary>
internal sealed class LoginService(
    AccountStore accounts, SessionStore sessions, LoginThrottle throttle, HashingQueue hashing, TimeProvider time)
{
    /// <summary>Tries to log in.</summary>
    public async Task<LoginResult> LoginAsync(LoginAttempt attempt, CancellationToken cancellationToken)
    {
        // Nobody has such a name, and what is remembered of one would be as long.
        if (attempt.Name.Length > AccountRules.MaxNameLength)
            return LoginResult.Wrong;

        PeerId? device = sessions.Knows(attempt.Name, attempt.Peer) ? attempt.Peer : null;
        var wait = throttle.Begin(attempt.Name, device, attempt.Address, time.GetInstant());
        if (wait > TimeSpan.Zero)
            return LoginResult.Throttled(wait);

        Account? account = null;

        // A try that is called off counts: else nobody who guesses would wait for an answer.
        var outcome = LoginOutcome.Wrong;
        try
        {
            var isChecked = await hashing.RunAsync(
                attempt.Address,
                () => account = accounts.Verify(attempt.Name, attempt.Password),
                cancellationToken);
            if (!isChecked)
            {
                outcome = LoginOutcome.NotTried;
                return LoginResult.Throttled(TimeSpan.FromSeconds(1));
            }

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
            ? LoginResult.Right(sessions.Open(account, attempt.Peer, SessionOrigin.Of(attempt.Device, attempt.Address)))
            : LoginResult.Lacking(missing);
    }
}
