using System.Net;
using SpotifyCore.Content.Time;
using SpotifyCore.Contracts.Serving.Limits;

namespace SpotifyCore.Backend.Accounts;

/// <summary>
/// Slows down guessing. A try counts as failed from its start until <see cref="Succeeded"/>, so tries side by side
/// gain nothing. Beyond the free ones, each failure doubles the wait, up to <see cref="LongestWait"/>; a quiet
/// <see cref="Memory"/> forgets. The table is bounded: the longest quiet entry makes room. Safe for many threads.
/// </summary>
public sealed class LoginThrottle(int capacity = 20_000)
{
    /// <summary>Tries of one name before the first wait.</summary>
    public const int FreePerName = 5;

    /// <summary>Tries from one address before the first wait: several people may share it.</summary>
    public const int FreePerAddress = 20;

    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>How long a failure is remembered.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(30);

    private readonly Lock _guard = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byAge = new();

    /// <summary>Entries in the table.</summary>
    public int Count
    {
        get
        {
            lock (_guard)
                return _entries.Count;
        }
    }

    /// <summary>Begins a try. Zero: go on; else how long this name or address has to wait.</summary>
    public TimeSpan Begin(string name, IPAddress? address, Instant now)
    {
        lock (_guard)
        {
            var byName = Find(NameKey(name), now);
            var byAddress = Find(AddressKey(address), now);
            var until = byName.OpenAt > byAddress.OpenAt ? byName.OpenAt : byAddress.OpenAt;
            if (until > now)
                return until - now;

            Fail(byName, FreePerName, now);
            Fail(byAddress, FreePerAddress, now);
            return TimeSpan.Zero;
        }
    }

    /// <summary>The try was right: the name starts anew; the address only gets this one back.</summary>
    public void Succeeded(string name, IPAddress? address)
    {
        lock (_guard)
        {
            if (_entries.Remove(NameKey(name), out var byName))
                _byAge.Remove(byName);

            if (!_entries.TryGetValue(AddressKey(address), out var byAddress))
                return;

            byAddress.Value.Failures--;
            byAddress.Value.OpenAt = default;
        }
    }

    private static string NameKey(string name) => "name " + AccountStore.Normalize(name);

    private static string AddressKey(IPAddress? address)
    {
        var network = CallerNetwork.Of(address);
        return $"address {network.High:x} {network.Low:x}";
    }

    private static void Fail(Entry entry, int free, Instant now)
    {
        entry.Failures++;
        var over = Math.Min(entry.Failures - free, 16);
        if (over < 0)
            return;

        var wait = TimeSpan.FromSeconds(1 << over);
        entry.OpenAt = now + (wait < LongestWait ? wait : LongestWait);
    }

    private Entry Find(string key, Instant now)
    {
        if (_entries.TryGetValue(key, out var node))
        {
            _byAge.Remove(node);
            if (now - node.Value.Touched > Memory)
                node.Value = new Entry(key);
        }
        else
        {
            if (_entries.Count >= capacity && _byAge.First is { } oldest)
            {
                _byAge.RemoveFirst();
                _entries.Remove(oldest.Value.Key);
            }

            node = new LinkedListNode<Entry>(new Entry(key));
            _entries.Add(key, node);
        }

        _byAge.AddLast(node);
        node.Value.Touched = now;
        return node.Value;
    }

    private sealed class Entry(string key)
    {
        public string Key { get; } = key;

        public int Failures { get; set; }

        public Instant OpenAt { get; set; }

        public Instant Touched { get; set; }
    }
}
