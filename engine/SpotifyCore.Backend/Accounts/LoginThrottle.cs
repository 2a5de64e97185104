using System.Net;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Limits;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Accounts;

/// <summary>
/// Slows down guessing. Beyond the free ones, each failure doubles the wait, up to <see cref="LongestWait"/>; failures
/// are forgiven one by one, as many in a <see cref="Memory"/> as are free. Tries side by side are bounded, and count as
/// failed once one has failed, so they gain little. A client that has logged in to the account before is counted by
/// itself: others' guesses don't keep it out. The table is bounded: the longest quiet entry makes room. Safe for many
/// threads.
/// </summary>
internal sealed class LoginThrottle(int capacity = 20_000)
{
    /// <summary>Tries of one name before the first wait.</summary>
    public const int FreePerName = 5;

    /// <summary>Tries from one address before the first wait: several people may share it.</summary>
    public const int FreePerAddress = 20;

    /// <summary>
    /// Tries side by side, of one name or from one address: from there, with those that failed; of a name, once one has
    /// failed, no more than are free.
    /// </summary>
    public const int MaxAtOnce = 64;

    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>How long it takes to forgive as many failures as are free.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    // An account is one person's, who seldom logs in twice at a time; behind an address may be a whole office.
    private static readonly Allowance OfName = new(FreePerName, AtOnce: FreePerName);
    private static readonly Allowance OfAddress = new(FreePerAddress, AtOnce: MaxAtOnce);

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

    /// <summary>Begins a try of what no name stands for, counted by its address alone; as the other.</summary>
    public TimeSpan Begin(IPAddress? address, Instant now)
    {
        lock (_guard)
            return Enter(AddressKey(address), OfAddress, now);
    }

    /// <summary>Ends such a try.</summary>
    public void End(IPAddress? address, LoginOutcome outcome, Instant now)
    {
        lock (_guard)
            Leave(AddressKey(address), OfAddress, outcome, now);
    }

    /// <summary>
    /// Begins a try, which <see cref="End(string, PeerId?, IPAddress?, LoginOutcome, Instant)"/> ends. Zero: go on; else how long to wait, and nothing has begun.
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
                return Enter(DeviceKey(name, device), OfName, now);

            // The address first: while it has to wait, the names it makes up leave nothing behind.
            var addressKey = AddressKey(address);
            var wait = Enter(addressKey, OfAddress, now);
            if (wait > TimeSpan.Zero)
                return wait;

            wait = Enter(NameKey(name), OfName, now);
            if (wait > TimeSpan.Zero)
                Leave(addressKey, OfAddress, LoginOutcome.NotTried, now);

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
                entry.Value.ForgiveAll();
            Leave(key, OfName, outcome, now);
            if (device is null)
                Leave(AddressKey(address), OfAddress, outcome, now);
        }
    }

    private static string DeviceKey(string name, PeerId? device) => $"device {device} {AccountStore.Normalize(name)}";

    private static string NameKey(string name) => "name " + AccountStore.Normalize(name);

    private static string AddressKey(IPAddress? address)
    {
        var network = Subnet.Of(address);
        return $"address {network.High:x} {network.Low:x}";
    }

    private TimeSpan Enter(string key, Allowance allowance, Instant now)
    {
        var entry = Find(key);
        if (entry.OpenAt > now)
            return entry.OpenAt - now;

        entry.Forgive(Memory / allowance.Free, now);
        var isFull = entry.UnderWay >= MaxAtOnce || (entry.UnderWay > 0 && allowance.IsUsedUp(entry));
        if (isFull)
            return FirstWait;

        entry.UnderWay++;
        return TimeSpan.Zero;
    }

    private void Leave(string key, Allowance allowance, LoginOutcome outcome, Instant now)
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

        entry.Fail(now);
        var over = entry.Failures - allowance.Free;
        if (over >= 0)
            entry.OpenAt = now + Backoff.Bound(FirstWait, LongestWait, over);
    }

    private Entry Find(string key)
    {
        if (_entries.TryGetValue(key, out var node))
        {
            _byAge.Remove(node);
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
        return node.Value;
    }

    /// <summary>What one kind of entry may do before it has to wait.</summary>
    /// <param name="Free">Failures before the first wait.</param>
    /// <param name="AtOnce">Tries side by side with the failures, once there are any.</param>
    private readonly record struct Allowance(int Free, int AtOnce)
    {
        /// <summary>True when no other try may run beside those that do.</summary>
        public bool IsUsedUp(Entry entry) =>
            entry.Failures >= Free || (entry.Failures > 0 && entry.Failures + entry.UnderWay >= AtOnce);
    }

    private sealed class Entry(string key)
    {
        private Instant _forgivenUntil;

        public string Key { get; } = key;

        public int Failures { get; private set; }

        public int UnderWay { get; set; }

        public Instant OpenAt { get; set; }

        public void Fail(Instant now)
        {
            if (Failures++ == 0)
                _forgivenUntil = now;
        }

        /// <summary>Forgives a failure for each such while that has gone by.</summary>
        public void Forgive(TimeSpan each, Instant now)
        {
            var forgiven = Math.Clamp((now - _forgivenUntil).Ticks / each.Ticks, 0, Failures);
            Failures -= (int)forgiven;
            _forgivenUntil += each * forgiven;
        }

        public void ForgiveAll() => (Failures, OpenAt) = (0, default);
    }
}
