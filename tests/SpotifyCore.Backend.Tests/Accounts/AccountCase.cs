using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Accounts;

/// <summary>A store with an account, for tests of what accounts have.</summary>
public abstract class AccountCase : IDisposable
{
    protected const string Password = "correct horse";

    private readonly TestStore _store;

    protected AccountCase(TestStore store, AccountRoles roles = AccountRoles.Listener)
    {
        _store = store;
        Database = store.Open();
        Accounts = TestAccounts.In(Database, Time);
        Sessions = new SessionStore(Database, Time, TimeSpan.FromDays(1));
        Ann = Accounts.Add("ann", Password, roles);
    }

    protected ManualTimeProvider Time { get; } = new();

    protected ServiceDatabase Database { get; }

    protected AccountStore Accounts { get; }

    protected Account Ann { get; }

    private protected SessionStore Sessions { get; }

    public void Dispose()
    {
        Database.Dispose();
        _store.Dispose();
    }
}
