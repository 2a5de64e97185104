using System.Net;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Mail;

/// <summary>
/// What strangers do with codes, and to have one sent; from one address as often as it may fail to log in, before it has to
/// wait. Safe for many threads.
/// </summary>
internal sealed class ResetService(
    MailCodeStore codes, MailQueue mail, PasswordHasher hasher, HashingQueue hashing, TimeProvider time)
{
    private readonly LoginThrottle _throttle = new();

    /// <summary>Has a code for a new password be sent to the account of a name, if there is one with an address.</summary>
    /// <returns>How long to wait first; zero when it is done.</returns>
    public TimeSpan Ask(string name, IPAddress? address)
    {
        var wait = _throttle.Begin(address, time.GetInstant());
        if (wait > TimeSpan.Zero)
            return wait;

        // Each counts, whether there is such an account or not.
        _throttle.End(address, LoginOutcome.Wrong, time.GetInstant());
        var canBe = name.Length <= AccountRules.MaxNameLength;
        return !canBe || mail.TryAsk(new MailWish(MailPurpose.Reset, name)) ? TimeSpan.Zero : TimeSpan.FromSeconds(1);
    }

    /// <summary>Shows that an address is its account's.</summary>
    public CodeResult Verify(string code, IPAddress? address)
    {
        var wait = _throttle.Begin(address, time.GetInstant());
        if (wait > TimeSpan.Zero)
            return CodeResult.Throttled(wait);

        var outcome = LoginOutcome.Wrong;
        try
        {
            if (codes.Verify(code) is not { } name)
                return CodeResult.Unusable;

            outcome = LoginOutcome.NotTried;
            return CodeResult.Done(name, []);
        }
        finally
        {
            _throttle.End(address, outcome, time.GetInstant());
        }
    }

    /// <summary>Sets a new password with a code, which ends all sessions of the account.</summary>
    /// <exception cref="AccountException">The password can't be; the code is good still.</exception>
    public async Task<CodeResult> ResetAsync(
        string code, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        var wait = _throttle.Begin(address, time.GetInstant());
        if (wait > TimeSpan.Zero)
            return CodeResult.Throttled(wait);

        var outcome = LoginOutcome.Wrong;
        try
        {
            // Only who has a code has anything hashed.
            if (codes.FindReset(code) is not { } account)
                return CodeResult.Unusable;

            outcome = LoginOutcome.NotTried;
            AccountRules.CheckPassword(account.Name, password);
            byte[] hash = [];
            if (!await hashing.RunAsync(address, () => hash = hasher.Compute(password), cancellationToken))
                return CodeResult.Throttled(TimeSpan.FromSeconds(1));

            return codes.Reset(code, hash) is { } ended ? CodeResult.Done(account.Name, ended) : CodeResult.Unusable;
        }
        finally
        {
            _throttle.End(address, outcome, time.GetInstant());
        }
    }
}
