using SpotifyCore.Backend.Tracking;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Tests.Tracking;

public sealed class TrackerTests
{
    private static readonly Instant Start = new(TimeSpan.TicksPerDay * 10);
    private static readonly FileId File = new(1);
    private static readonly PeerId Asker = new(9_999);

    private readonly TrackerOptions _options = new() { Files = 3, Clients = 50, Memory = TimeSpan.FromHours(1) };
    private readonly Tracker _tracker;

    public TrackerTests() => _tracker = new Tracker(_options);

    public static TheoryData<string, string, int[]> Orders => new()
    {
        // What happened ("site:id" arrives; +id holds; ?id plays; -id drops; !id leaves), who asks where, whom it gets.
        { "", "x", [] },
        { "x:1 +1", "x", [1] },
        { "x:1 ?1", "x", [1] },
        { "x:1 +1 -1", "x", [] },
        { "x:1 +1 !1", "x", [] },
        { "x:1 +1 !1 x:1", "x", [1] },
        { "x:1 x:2 +1 +2", "x", [2, 1] },
        { "x:1 x:2 +2 ?1", "x", [2, 1] },
        { "y:1 x:2 +2 +1", "y", [1, 2] },
        { "y:1 x:2 +2 ?1", "y", [1, 2] },
        { "x:1 x:2 +1 +2 +1", "x", [1, 2] },
        { "x:1 +1 ?1 x:2 +2", "x", [2, 1] },
        { "+1 x:1", "x", [] },
        { "x:0:1 +1", "x", [] },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void Find_AfterEvents_GivesInOrder(string events, string site, int[] expected)
    {
        var arrivals = new Dictionary<int, long>();
        var now = Start;
        foreach (var text in events.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            Apply(text, arrivals, now += TimeSpan.FromSeconds(1));

        Assert.Equal(expected, Find(site, now));
    }

    [Fact]
    public void Missed_ByTwoOthers_IsToldLastAndOnlyToWhoCanBeReached()
    {
        Arrive(1);
        Arrive(2);
        Arrive(3);
        _tracker.Held(new PeerId(2), File, Start);
        _tracker.Held(new PeerId(1), File, Start + TimeSpan.FromSeconds(1));

        _tracker.Missed(new PeerId(1), by: 7);
        _tracker.Missed(new PeerId(1), by: 7);
        Assert.Equal([1, 2], Find("x", Start, asker: 3));
        _tracker.Missed(new PeerId(1), by: 8);

        Assert.Equal([2, 1], Find("x", Start, asker: 3));
        Assert.Equal([2], Find("x", Start, asker: 77));
        Assert.True(_tracker.TryFindPlace(new PeerId(1), out var place) && place.IsUnreachable);
    }

    [Fact]
    public void Find_AskerHolds_IsNotTold()
    {
        Arrive(1);
        _tracker.Held(new PeerId(1), File, Start);

        Assert.Empty(Find("x", Start, asker: 1));
    }

    [Fact]
    public void Find_MoreThanTwenty_RemembersTheLatestAndTellsTen()
    {
        for (var i = 1; i <= 25; i++)
        {
            Arrive(i);
            _tracker.Held(new PeerId((UInt128)i), File, Start);
        }

        var told = Find("x", Start).Concat(Find("x", Start)).ToList();

        Assert.Equal(20, told.Count);
        Assert.Equal(Enumerable.Range(6, 20), told.Order());
    }

    [Fact]
    public void Find_Often_SpreadsTheLoad()
    {
        for (var i = 1; i <= 15; i++)
        {
            Arrive(i);
            _tracker.Held(new PeerId((UInt128)i), File, Start);
        }

        var told = Enumerable.Range(0, 30).SelectMany(_ => Find("x", Start)).CountBy(id => id).ToList();

        Assert.Equal(15, told.Count);
        Assert.All(told, count => Assert.Equal(20, count.Value));
    }

    [Fact]
    public void Find_LongAgo_IsForgotten()
    {
        Arrive(1);
        Arrive(2);
        _tracker.Held(new PeerId(1), File, Start);
        _tracker.Held(new PeerId(2), File, Start + TimeSpan.FromMinutes(30));

        Assert.Equal([2], Find("x", Start + TimeSpan.FromMinutes(61)));
        Assert.Empty(Find("x", Start + TimeSpan.FromMinutes(100)));
        Assert.Equal(0, _tracker.Files);
    }

    [Fact]
    public void Held_MoreFilesThanRoom_ForgetsTheLongestUnplayed()
    {
        Arrive(1);
        for (var file = 1; file <= 3; file++)
            _tracker.Held(new PeerId(1), new FileId((UInt128)file), Start);

        _tracker.Played(new PeerId(1), new FileId(1), Start);
        _tracker.Held(new PeerId(1), new FileId(4), Start);

        Assert.Equal(3, _tracker.Files);
        Assert.Equal([1], Find("x", Start, file: 1));
        Assert.Empty(Find("x", Start, file: 2));
    }

    [Fact]
    public void TryArrive_TooMany_RefusesNewcomersOnly()
    {
        for (var i = 1; i <= _options.Clients; i++)
            Arrive(i);

        Assert.False(_tracker.TryArrive(Asker, new ClientPlace("10.0.0.1", 1, ""), out _));
        Assert.True(_tracker.TryArrive(new PeerId(1), new ClientPlace("10.0.0.2", 2, ""), out _));
        Assert.Equal(_options.Clients, _tracker.Clients);
    }

    [Fact]
    public void Leave_OldPresence_LeavesTheNewOne()
    {
        var before = Arrive(1);
        _tracker.TryArrive(new PeerId(1), new ClientPlace("10.0.0.2", 4_000, "x"), out _);
        _tracker.Held(new PeerId(1), File, Start);

        _tracker.Leave(new PeerId(1), before);

        var found = new List<TrackedPeer>();
        _tracker.Find(File, Asker, "x", Start, found);
        Assert.Equal(new TrackedPeer(new PeerId(1), new ClientPlace("10.0.0.2", 4_000, "x")), Assert.Single(found));
    }

    private void Apply(string text, Dictionary<int, long> arrivals, Instant now)
    {
        var colon = text.Split(':');
        var id = int.Parse(colon.Length > 1 ? colon[^1] : text[1..]);
        var peer = new PeerId((UInt128)id);
        switch (text[0])
        {
            case '+': _tracker.Held(peer, File, now); break;
            case '?': _tracker.Played(peer, File, now); break;
            case '-': _tracker.Dropped(peer, File); break;
            case '!': _tracker.Leave(peer, arrivals[id]); break;
            default: arrivals[id] = Arrive(id, colon[0], port: colon.Length > 2 ? 0 : 4_000); break;
        }
    }

    private long Arrive(int id, string site = "x", int port = 4_000)
    {
        Assert.True(
            _tracker.TryArrive(new PeerId((UInt128)id), new ClientPlace("10.0.0.1", port, site), out var arrival));
        return arrival;
    }

    private List<int> Find(string site, Instant now, int asker = 9_999, int file = 1)
    {
        var found = new List<TrackedPeer>();
        _tracker.Find(new FileId((UInt128)file), new PeerId((UInt128)asker), site, now, found);
        return found.ConvertAll(peer => (int)peer.Id.Value);
    }
}
