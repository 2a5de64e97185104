using SpotifyCore.Backend.Accounts;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Registration;

/// <summary>
/// Has strangers make accounts, from one address as many as it may fail to log in, before it has to wait: each try counts,
/// as a name that is taken is told so, and one that succeeds has made another account. Safe for many threads.
/// </summary>
internal sealed class RegistrationService(
    RegistrationStore store, PasswordHasher hasher, HashingQueue hashing, TimeProvider time)
{
    // By itself: a class that registers together can log in afterwards.
    private readonly LoginThrottle _throttle = new();

    /// <summary>Tries to make an account.</summary>
    public async Task<RegistrationResult> RegisterAsync(WantedAccount wanted, CancellationToken cancellationToken)
    {
        var wait = _throttle.Begin(wanted.Address, time.GetInstant());
        if (wait > TimeSpan.Zero)
            return RegistrationResult.Throttled(wait);

        var outcome = LoginOutcome.Wrong;
        try
        {
            if (store.FindRefusal(wanted) is not RegistrationRefusal.None and var refusal)
                return RegistrationResult.Refused(refusal);

            byte[] password = [];
            var isHashed = await hashing.RunAsync(
                wanted.Address, () => password = hasher.Compute(wanted.Password), cancellationToken);
            if (isHashed)
                return store.Make(wanted, password);

            outcome = LoginOutcome.NotTried;
            return RegistrationResult.Throttled(TimeSpan.FromSeconds(1));
        }
        finally
        {
            _throttle.End(wanted.Address, outcome, time.GetInstant());
        }
    }
}
