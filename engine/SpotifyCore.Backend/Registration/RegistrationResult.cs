using SpotifyCore.Backend.Accounts;

namespace SpotifyCore.Backend.Registration;

/// <summary>How a registration ended: with an account, with a wait, or with the reason why there is none.</summary>
/// <param name="Account">The account, or null.</param>
/// <param name="Refusal">Why there is none.</param>
/// <param name="Wait">How long to wait before the next try; zero when the try counted.</param>
internal sealed record RegistrationResult(Account? Account, RegistrationRefusal Refusal, TimeSpan Wait)
{
    /// <summary>Made.</summary>
    public static RegistrationResult Made(Account account) => new(account, RegistrationRefusal.None, TimeSpan.Zero);

    /// <summary>Refused.</summary>
    public static RegistrationResult Refused(RegistrationRefusal refusal) => new(null, refusal, TimeSpan.Zero);

    /// <summary>Too many tries.</summary>
    public static RegistrationResult Throttled(TimeSpan wait) => new(null, RegistrationRefusal.None, wait);
}
