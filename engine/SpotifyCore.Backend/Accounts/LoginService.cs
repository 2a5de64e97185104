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
        // Nobody has such a name, and what is remembered of one would be as long.
        if (attempt.Name.Length > AccountRules.MaxNameLength)
            return LoginResult.Wrong;

        PeerId? device = sessions.Knows(attempt.Name, attempt.Peer) ? attempt.Peer : null;
        var wait = throttle.Begin(attempt.Name, device, attempt.Address, time.GetInstant());
        if (wait > TimeSpan.Zero)
            return LoginResult.Throttled(wait);

        VerifiedPassword verified;

        // A try that is called off counts: else nobody who guesses would wait for an answer.
        var outcome = LoginOutcome.Wrong;
        try
        {
            if (await passwords.VerifyAsync(attempt, cancellationToken) is not { } looked)
            {
                outcome = LoginOutcome.NotTried;
                return LoginResult.Throttled(TimeSpan.FromSeconds(1));
            }

            verified = looked;

            // A right app password is no word of who has it: what was guessed at the account's own stays counted.
            if (verified.Account is not null)
                outcome = verified.AppPassword is null ? LoginOutcome.Right : LoginOutcome.NotTried;
        }
        finally
        {
            throttle.End(attempt.Name, device, attempt.Address, outcome, time.GetInstant());
        }

        if (verified.Account is not { } account)
            return LoginResult.Wrong;

        var missing = attempt.Needed & ~account.Roles;
        return missing == AccountRoles.None
            ? Open(account, attempt, verified.AppPassword)
            : LoginResult.Lacking(missing);
    }

    private LoginResult Open(Account account, LoginAttempt attempt, byte[]? appPassword)
    {
        try
        {
            var origin = SessionOrigin.Of(attempt.Device, attempt.Address) with
            {
                AppPassword = appPassword, Kind = attempt.Kind,
            };
            return LoginResult.Right(sessions.Open(account, attempt.Peer, origin));
        }
        catch (AccountException)
        {
            return LoginResult.Wrong;
        }
    }
}
