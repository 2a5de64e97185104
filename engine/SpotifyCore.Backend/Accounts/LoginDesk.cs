using System.Net;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Accounts;

/// <summary>
/// Turns a name and a password into a session. Hashing passwords is the dearest thing that a stranger can ask for, so
/// few are hashed at a time and few wait. Safe for many threads.
/// </summary>
public sealed class LoginDesk(AccountStore accounts, SessionStore sessions, LoginThrottle throttle, TimeProvider time)
    : IDisposable
{
    private const int MaxWaiting = 256;

    private readonly SemaphoreSlim _hashing = new(Environment.ProcessorCount);
    private int _waiting;

    /// <summary>Tries to log in.</summary>
    public async Task<LoginResult> LoginAsync(
        string name, string password, PeerId peer, IPAddress? address, CancellationToken cancellationToken)
    {
        // Nobody has such a name, and what is remembered of one would be as long.
        if (name.Length > AccountStore.MaxNameLength)
            return LoginResult.Wrong;

        PeerId? device = sessions.Knows(name, peer) ? peer : null;
        var wait = throttle.Begin(name, device, address, time.GetInstant());
        if (wait > TimeSpan.Zero)
            return LoginResult.Throttled(wait);

        Account? account;

        // A try that is called off counts: else nobody who guesses would wait for an answer.
        var outcome = LoginOutcome.Wrong;
        try
        {
            if (await VerifyAsync(name, password, cancellationToken) is not { } checkedAccount)
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
            throttle.End(name, device, address, outcome, time.GetInstant());
        }

        if (account is null)
            return LoginResult.Wrong;

        var (token, session) = sessions.Open(account, peer);
        return LoginResult.Opened(token, session);
    }

    /// <inheritdoc/>
    public void Dispose() => _hashing.Dispose();

    private async Task<CheckedAccount?> VerifyAsync(string name, string password, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > MaxWaiting)
                return null;

            await _hashing.WaitAsync(cancellationToken);
            try
            {
                return new CheckedAccount(await Task.Run(() => accounts.Verify(name, password), cancellationToken));
            }
            finally
            {
                _hashing.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private readonly record struct CheckedAccount(Account? Account);
}
