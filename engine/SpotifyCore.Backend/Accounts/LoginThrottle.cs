using System.Net;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Limits;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Accounts;

/// <summary>
/// Slows down guessing. Beyond the free ones, each failure doubles the wait, up to <see cref="LongestWait"/>; a quiet
/// <see cref="Memory"/> forgets. Tries side by side are bounded, and count as failed once one has failed, so they gain
/// little. A client that has logged in to the account before is counted by itself: others' guesses don't keep it out. The
/// table is bounded: the longest quiet entry makes room. Safe for many threads.
/// </summary>
public sealed class LoginThrottle(int capacity = 20_000)
{
    /// <summary>Tries of one name before the first wait.</summary>
    public const int FreePerName = 5;

    /// <summary>Tries from one address before the first wait: several people may share it.</summary>
    public const int FreePerAddress = 20;

    /// <summary>Tries side by side, of one name or from one address.</summary>
    public const int MaxAtOnce = 64;

    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>How long a failure is remembered.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

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

    /// <summary>
    /// Begins a try, which <see cref="End"/> ends. Zero: go on; else how long to wait, and nothing has begun.
    /// </summary>
    /// <param name="name">The account's name, as typed.</param>
    /// <param name="device">The client's proved id if it has logged in to the account before, else null.</param>
    /// <param name="address">Where the try comes from.</param>
    /// <param name="now">The time.</param>
    public TimeSpan Begin(string name, PeerId? device, IPAddress? address, Instant now)
    {
        lock (_guard)
        {
            if (device is not null)
                return Enter(Find(DeviceKey(name, device), now), FreePerName, now);

            // The address first: while it has to wait, the names it makes up leave nothing behind.
            var addressKey = AddressKey(address);
            var wait = Enter(Find(addressKey, now), FreePerAddress, now);
            if (wait > TimeSpan.Zero)
                return wait;

            wait = Enter(Find(NameKey(name), now), FreePerName, now);
            if (wait > TimeSpan.Zero)
                Leave(addressKey, FreePerAddress, LoginOutcome.NotTried, now);

            return wait;
        }
    }

    /// <summary>Ends a try. A right one lets the name or client start anew; the address keeps its failures.</summary>
    public void End(string name, PeerId? device, IPAddress? address, LoginOutcome outcome, Instant now)
    {
        lock (_guard)
        {
            var key = device is null ? NameKey(name) : DeviceKey(name, device);
            if (outcome == LoginOutcome.Right && _entries.TryGetValue(key, out var entry))
                entry.Value.Failures = 0;
            Leave(key, FreePerName, outcome, now);
            if (device is null)
                Leave(AddressKey(address), FreePerAddress, outcome, now);
        }
    }

    private static string DeviceKey(string name, PeerId? device) => $"device {device} {AccountStore.Normalize(name)}";

    private static string NameKey(string name) => "name " + AccountStore.Normalize(name);

    private static string AddressKey(IPAddress? address)
    {
        var network = Subnet.Of(address);
        return $"address {network.High:x} {network.Low:x}";
    }

    private static TimeSpan Enter(Entry entry, int free, Instant now)
    {
        if (entry.OpenAt > now)
            return entry.OpenAt - now;

        var isFull = entry.UnderWay >= MaxAtOnce
            || (entry.Failures > 0 && entry.UnderWay > 0 && entry.Failures + entry.UnderWay >= free);
        if (isFull)
            return FirstWait;

        entry.UnderWay++;
        return TimeSpan.Zero;
    }

    private void Leave(string key, int free, LoginOutcome outcome, Instant now)
    {
        // It may have made room for another meanwhile.
        if (!_entries.TryGetValue(key, out var node))
            return;

        var entry = node.Value;
        entry.UnderWay = Math.Max(0, entry.UnderWay - 1);
        if (outcome != LoginOutcome.Wrong)
        {
            // What has failed at nothing takes no room from what has.
            if (entry.Failures == 0 && entry.UnderWay == 0)
            {
                _byAge.Remove(node);
                _entries.Remove(key);
            }

            return;
        }

        entry.Failures++;
        var over = Math.Min(entry.Failures - free, 16);
        if (over < 0)
            return;

        var wait = FirstWait * (1 << over);
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

        public int UnderWay { get; set; }

        public Instant OpenAt { get; set; }

        public Instant Touched { get; set; }
    }
}
