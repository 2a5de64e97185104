using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Backend.SignIn;

/// <summary>
/// Turns what a provider says into a session or a link, from one address as often as it may fail to log in, before it has to
/// wait: refused tokens count, and so do accounts that were wanted. Safe for many threads.
/// </summary>
internal sealed class SignInService(LinkStore links, RegistrationStore registrations, SessionStore sessions, TimeProvider time)
{
    /// <summary>How long a challenge holds: a person goes through a provider's pages meanwhile.</summary>
    public static readonly TimeSpan ChallengeLifetime = TimeSpan.FromMinutes(10);

    /// <summary>How long ago somebody may have signed in who proves by it whose an account is.</summary>
    public static readonly TimeSpan ProofAge = TimeSpan.FromMinutes(5);

    // By itself: who guesses at passwords keeps nobody from signing in.
    private readonly LoginThrottle _throttle = new();
    private readonly LoginChallenges _challenges = new(time, ChallengeLifetime);

    /// <summary>What a flow begins with.</summary>
    public byte[] Begin() => _challenges.Issue();

    /// <summary>Tries to sign in.</summary>
    /// <param name="attempt">The try.</param>
    /// <param name="wanted">The account to be made where none is linked; null for none.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public Task<SignInResult> SignInAsync(
        SignInAttempt attempt, WantedAccount? wanted, CancellationToken cancellationToken) =>
        TryAsync(attempt, identity => Enter(attempt, wanted, identity), cancellationToken);

    /// <summary>Tries to link the account of a session.</summary>
    /// <exception cref="AccountException">The session has ended meanwhile.</exception>
    public Task<SignInResult> LinkAsync(Session under, SignInAttempt attempt, CancellationToken cancellationToken) =>
        TryAsync(attempt, identity => Link(under, attempt, identity), cancellationToken);

    /// <summary>Tries to prove whose an account is: by one who is linked with it.</summary>
    public Task<SignInResult> ProveAsync(Account account, SignInAttempt attempt, CancellationToken cancellationToken) =>
        TryAsync(attempt, identity => Prove(account, attempt, identity), cancellationToken);

    private async Task<SignInResult> TryAsync(
        SignInAttempt attempt, Func<ExternalIdentity, SignInResult> accept, CancellationToken cancellationToken)
    {
        if (!_challenges.IsFresh(attempt.Challenge))
            return new SignInResult(SignInOutcome.NotFresh);

        var wait = _throttle.Begin(attempt.Address, time.GetInstant());
        if (wait > TimeSpan.Zero)
            return SignInResult.Throttled(wait);

        var outcome = LoginOutcome.Wrong;
        try
        {
            var nonce = SignInNonce.Of(attempt.Challenge, attempt.Peer);
            var verdict = await attempt.Provider.VerifyAsync(attempt.IdToken, nonce, attempt.MaxAge, cancellationToken);
            if (verdict.IsUnanswered)
                outcome = LoginOutcome.NotTried;
            if (verdict.Identity is not { } identity)
                return SignInResult.Of(verdict);

            // Who made an account, or asked whether a name is taken, has had a try.
            var known = links.Find(identity) is not null;
            var result = accept(identity);
            if (known || result.Outcome == SignInOutcome.NoAccount)
                outcome = LoginOutcome.NotTried;

            return result;
        }
        finally
        {
            _throttle.End(attempt.Address, outcome, time.GetInstant());
        }
    }

    private SignInResult Enter(SignInAttempt attempt, WantedAccount? wanted, ExternalIdentity identity)
    {
        var account = links.Find(identity);
        if (account is null && wanted is null)
            return new SignInResult(SignInOutcome.NoAccount);
        if (account is null && registrations.FindRefusal(wanted!) is not RegistrationRefusal.None and var refusal)
            return SignInResult.NotRegistered(refusal);

        var missing = attempt.Needed & ~(account?.Roles ?? AccountRoles.Listener);
        if (missing != AccountRoles.None)
            return SignInResult.Lacking(missing);

        // What was refused so far can be mended with the same token; from here on it serves nobody any more.
        if (!_challenges.TryUse(attempt.Challenge))
            return new SignInResult(SignInOutcome.NotFresh);

        if (account is null)
        {
            (account, refusal) = links.Register(identity, wanted!);
            if (account is null)
                return SignInResult.NotRegistered(refusal);
        }

        try
        {
            var origin = SessionOrigin.Of(attempt.Device, attempt.Address) with
            {
                Link = identity, Kind = attempt.Kind,
            };
            return SignInResult.Entered(sessions.Open(account, attempt.Peer, origin));
        }
        catch (AccountException)
        {
            // It was unlinked meanwhile.
            return new SignInResult(SignInOutcome.NoAccount);
        }
    }

    private SignInResult Prove(Account account, SignInAttempt attempt, ExternalIdentity identity)
    {
        if (links.Find(identity)?.Id != account.Id)
            return new SignInResult(SignInOutcome.NotOfAccount);

        return new SignInResult(
            _challenges.TryUse(attempt.Challenge) ? SignInOutcome.Done : SignInOutcome.NotFresh);
    }

    private SignInResult Link(Session under, SignInAttempt attempt, ExternalIdentity identity) =>
        !_challenges.TryUse(attempt.Challenge)
            ? new SignInResult(SignInOutcome.NotFresh)
            : new SignInResult(links.Add(under.Account, identity, under) switch
            {
                LinkOutcome.OfAnother => SignInOutcome.OfAnother,
                LinkOutcome.WithAnother => SignInOutcome.WithAnother,
                _ => SignInOutcome.Done,
            });
}
