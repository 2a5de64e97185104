using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Neighbours;

/// <summary>
/// Accounts of which ids were banned lately, and how many: an account that has made enough of them is left alone too.
/// Bounded: the oldest makes room.
/// </summary>
/// <param name="options">How many, and for how long.</param>
internal sealed class AccountBans(NeighbourOptions options)
{
    private readonly Dictionary<UInt128, Strikes> _accounts = [];
    private readonly Queue<UInt128> _order = new();

    /// <summary>An id of an account was banned. Ignored where nothing says which.</summary>
    public void Add(UInt128 account, Instant now)
    {
        if (account == 0)
            return;

        if (!_accounts.TryGetValue(account, out var strikes))
            _order.Enqueue(account);

        _accounts[account] = new Strikes(now < strikes.Until ? strikes.Count + 1 : 1, now + options.BanFor);
        if (_order.Count > options.BansRemembered)
            _accounts.Remove(_order.Dequeue());
    }

    /// <summary>True for an account that is to be left alone.</summary>
    public bool Contains(UInt128 account, Instant now) =>
        _accounts.TryGetValue(account, out var strikes)
        && strikes.Count >= options.BansPerAccount && now < strikes.Until;

    private readonly record struct Strikes(int Count, Instant Until);
}
