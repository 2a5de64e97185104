using SpotifyCore.Content.Time;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Uploads;

/// <summary>
/// The accounts whose peers are served, and the latest of which one did not take what it asked for. Bounded by the
/// connections and <see cref="UploadOptions.StalledAccounts"/>.
/// </summary>
internal sealed class UploadAccounts(UploadOptions options)
{
    private readonly Dictionary<UInt128, UploadAccount> _accounts = [];
    private readonly Queue<UploadAccount> _stalled = [];

    /// <summary>A peer begins to be served: its account, or one of its own where nothing says which.</summary>
    public UploadAccount Join(Link link)
    {
        var key = link.Account != 0 ? link.Account : new UInt128(ulong.MaxValue, (ulong)link.Connection.Value);
        if (!_accounts.TryGetValue(key, out var account))
            _accounts.Add(key, account = new UploadAccount(key));

        account.Peers++;
        return account;
    }

    /// <summary>A peer is gone.</summary>
    public void Leave(UploadAccount account)
    {
        account.Peers--;
        ForgetUnused(account);
    }

    /// <summary>A peer of an account did not take what it had asked for.</summary>
    public void NoteStall(UploadAccount account, Instant now)
    {
        if (account.StalledAt is null)
            _stalled.Enqueue(account);

        account.StalledAt = now;
        if (_stalled.Count <= options.StalledAccounts)
            return;

        var oldest = _stalled.Dequeue();
        oldest.StalledAt = null;
        ForgetUnused(oldest);
    }

    /// <summary>True while it is remembered that a peer of it did so.</summary>
    public bool HasStalled(UploadAccount account, Instant now) =>
        account.StalledAt is { } at && now - at < options.StallRemembered;

    private void ForgetUnused(UploadAccount account)
    {
        if (account is { Peers: 0, StalledAt: null })
            _accounts.Remove(account.Key);
    }
}
