using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Accounts;

/// <summary>Turns a name and a password into a session. Safe for many threads.</summary>
internal sealed class LoginService(
    PasswordVerifier passwords, SessionStore sessions, LoginThrottle throttle, TimeProvider time)
{
    /// <summary>Tries to log in.</summary>
    public async Task<LoginResult> LoginAsync(LoginAttempt attempt, CancellationToken cancellationToken)
    {
        var (verified, wait) = await VerifyAsync(attempt, cancellationToken);
        if (wait > TimeSpan.Zero)
            return LoginResult.Throttled(wait);
        if (verified.Account is not { } account)
            return LoginResult.Wrong;

        var missing = attempt.Needed & ~account.Roles;
        return missing == AccountRoles.None
            ? Open(account, attempt, verified)
            : LoginResult.Lacking(missing);
    }

    /// <summary>Looks whether a password is the account's own, and opens nothing; counted as a login is.</summary>
    /// <returns>Null when it is; else how a login would have ended.</returns>
    public async Task<LoginResult?> FindRefusalAsync(LoginAttempt attempt, CancellationToken cancellationToken)
    {
        var (verified, wait) = await VerifyAsync(attempt, cancellationToken);
        if (wait > TimeSpan.Zero)
            return LoginResult.Throttled(wait);

        return verified is { Account: not null, AppPassword: null } ? null : LoginResult.Wrong;
    }

    private async Task<(VerifiedPassword Verified, TimeSpan Wait)> VerifyAsync(
        LoginAttempt attempt, CancellationToken cancellationToken)
    {
        // Nobody has such a name, and what is remembered of one would be as long.
        if (attempt.Name.Length > AccountRules.MaxNameLength)
            return default;

        PeerId? device = sessions.Knows(attempt.Name, attempt.Peer) ? attempt.Peer : null;
        var wait = throttle.Begin(attempt.Name, device, attempt.Address, time.GetInstant());
        if (wait > TimeSpan.Zero)
            return (default, wait);

        // A try that is called off counts: else nobody who guesses would wait for an answer.
        var outcome = LoginOutcome.Wrong;
        try
        {
            if (await passwords.VerifyAsync(attempt, cancellationToken) is not { } verified)
            {
                outcome = LoginOutcome.NotTried;
                return (default, TimeSpan.FromSeconds(1));
            }

            // A right app password is no word of who has it: what was guessed at the account's own stays counted.
            if (verified.Account is not null)
                outcome = verified.AppPassword is null ? LoginOutcome.Right : LoginOutcome.NotTried;

            return (verified, TimeSpan.Zero);
        }
        finally
        {
            throttle.End(attempt.Name, device, attempt.Address, outcome, time.GetInstant());
        }
    }

    private LoginResult Open(Account account, LoginAttempt attempt, VerifiedPassword verified)
    {
        try
        {
            var origin = SessionOrigin.Of(attempt.Device, attempt.Address) with
            {
                AppPassword = verified.AppPassword, Password = verified.Hash, Kind = attempt.Kind,
            };
            return LoginResult.Right(sessions.Open(account, attempt.Peer, origin));
        }
        catch (AccountException)
        {
            return LoginResult.Wrong;
        }
    }
}
