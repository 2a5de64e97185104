using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Registration;

namespace SpotifyCore.Backend.SignIn;

/// <summary>How a sign-in ended, with what there is to say of it.</summary>
/// <param name="Outcome">How.</param>
internal sealed record SignInResult(SignInOutcome Outcome)
{
    /// <summary>The session that was opened; null where none was.</summary>
    public OpenedSession? Opened { get; private init; }

    /// <summary>Why the token is refused or could not be looked at, as a sentence for a person.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>How long to wait before the next try.</summary>
    public TimeSpan Wait { get; private init; }

    /// <summary>Why no account was made.</summary>
    public RegistrationRefusal Refusal { get; private init; }

    /// <summary>Of the roles that were needed, those that the account lacks.</summary>
    public AccountRoles Missing { get; private init; }

    /// <summary>Signed in.</summary>
    public static SignInResult Entered(OpenedSession opened) => new(SignInOutcome.Done) { Opened = opened };

    /// <summary>Too many tries.</summary>
    public static SignInResult Throttled(TimeSpan wait) => new(SignInOutcome.Throttled) { Wait = wait };

    /// <summary>Nobody, or nobody can say.</summary>
    public static SignInResult Of(IdTokenVerdict verdict) =>
        new(verdict.IsUnanswered ? SignInOutcome.Unanswered : SignInOutcome.Refused) { Reason = verdict.Reason };

    /// <summary>No account was made.</summary>
    public static SignInResult NotRegistered(RegistrationRefusal refusal) =>
        new(SignInOutcome.NotRegistered) { Refusal = refusal };

    /// <summary>An account that lacks roles.</summary>
    public static SignInResult Lacking(AccountRoles missing) => new(SignInOutcome.Lacking) { Missing = missing };
}
