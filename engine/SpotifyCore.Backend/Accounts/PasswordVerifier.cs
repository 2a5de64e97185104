namespace SpotifyCore.Backend.Accounts;

/// <summary>Says whose a password is, an account's own or one of its app passwords. Safe for many threads.</summary>
internal sealed class PasswordVerifier(AccountStore accounts, AppPasswordStore appPasswords, HashingQueue hashing)
{
    /// <summary>Looks at the password of a try; null, and nothing is known, when others need its place in the queue.</summary>
    public async Task<VerifiedPassword?> VerifyAsync(LoginAttempt attempt, CancellationToken cancellationToken)
    {
        // Only a right one is quick: whatever is none costs a hash, as if there were no app passwords.
        if (appPasswords.Find(attempt.Name, attempt.Password) is { } app)
            return app;

        var verified = default(VerifiedPassword);
        var isChecked = await hashing.RunAsync(
            attempt.Address, () => verified = accounts.VerifyPassword(attempt.Name, attempt.Password), cancellationToken);
        return isChecked ? verified : null;
    }
}
