namespace SpotifyCore.SideBySide.Results;

/// <summary>The budgets that the engine is held against; what has none is measured and not judged.</summary>
internal static class Budgets
{
    private static readonly Dictionary<Pairing, Budget> All = new()
    {
        [new("serve-depth1-plain", References.Nginx)] = Budget.AtLeast(1.5),
        [new("serve-depth1-tls", References.Nginx)] = Budget.AtLeast(1.5),
        [new("serve-depth16-plain", References.Nginx)] = Budget.AtLeast(3.5),
        [new("serve-depth16-tls", References.Nginx)] = Budget.AtLeast(3.5),
        [new("serve-depth16-plain", References.BareServer)] = Budget.AtLeast(0.9),
        [new("serve-depth16-tls", References.BareServer)] = Budget.AtLeast(0.9),
        [new("serve-cpu-depth1-plain", References.Nginx)] = Budget.AtMost(0.8),
        [new("serve-cpu-depth1-tls", References.Nginx)] = Budget.AtMost(0.8),
        [new("serve-cpu-depth16-plain", References.Nginx)] = Budget.AtMost(0.8),
        [new("serve-cpu-depth16-tls", References.Nginx)] = Budget.AtMost(0.8),
        [new("serve-cpu-depth16-plain", References.BareServer)] = Budget.AtMost(1.15),
        [new("serve-cpu-depth16-tls", References.BareServer)] = Budget.AtMost(1.15),
        [new("get-16k-1", References.Memcached)] = Budget.AtLeast(1.7),
        [new("get-16k-1", References.BareServer)] = Budget.AtLeast(0.9),
        [new("cache-hit-1", References.Memcpy)] = Budget.AtLeast(0.9),
        [new("cache-hit-1", References.PageCachedFile)] = Budget.AtLeast(2),
        [new("cache-hit-1", References.Faster)] = Budget.AtLeast(1.2),
        [new("cache-hit-2", References.Memcpy)] = Budget.AtLeast(0.9),
        [new("cache-hit-2", References.PageCachedFile)] = Budget.AtLeast(2),
        [new("cache-hit-2", References.Faster)] = Budget.AtLeast(1.2),
        [new("import", References.ImportTools)] = Budget.AtMost(1),
        [new("peer-transfer", References.Libtorrent)] = Budget.AtLeast(1.5),
        [new("peer-transfer", References.LibtorrentRc4)] = Budget.AtLeast(1.5),
        [new("peer-transfer-cpu", References.Libtorrent)] = Budget.AtMost(0.5),
        [new("peer-transfer-cpu", References.LibtorrentRc4)] = Budget.AtMost(0.5),
    };

    /// <summary>All that have a budget.</summary>
    public static IReadOnlyCollection<Pairing> Pairings => All.Keys;

    /// <summary>The budget of a pairing, if it has one.</summary>
    public static Budget? Find(Pairing pairing) => All.TryGetValue(pairing, out var budget) ? budget : null;
}
