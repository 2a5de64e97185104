using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Core.Searching;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Tests.Searching;

public sealed class OverlaySearchTests
{
    private static readonly FileId File = new(77);
    private static readonly Instant Now = new(TimeSpan.TicksPerDay);

    private readonly SearchOptions _options = new();
    private readonly LinkTable _links = new();
    private readonly OverlaySearch _search;
    private readonly ActionBuffer _actions = new(64);

    public OverlaySearchTests() => _search = new OverlaySearch(_options, _links, seed: 7);

    [Fact]
    public void Begin_Neighbours_AreAskedUnderOneQueryWithOneHop()
    {
        Peer(1);
        Peer(2);
        Peer(3, version: 1);

        Assert.True(_search.Begin(File, Now, _actions));

        var sent = Sent();
        Assert.Equal([1, 2], sent.Select(send => -send.To));
        Assert.All(sent, send => Assert.Equal(PeerMessage.Search(sent[0].Message.Query, File, 1), send.Message));
    }

    [Fact]
    public void Begin_MoreThanTheFanOut_AsksTheMostUseful()
    {
        _options.FanOut = 2;
        for (var i = 1; i <= 5; i++)
            Peer(i).Give(i % 3 * 1_000, default, Now);

        _search.Begin(File, Now, _actions);

        Assert.Equal([2, 5], Sent().Select(send => -send.To).Order());
    }

    [Fact]
    public void Begin_NobodyToAsk_IsFalse()
    {
        Assert.False(_search.Begin(File, Now, _actions));
        Peer(1);
        _options.Enabled = false;
        Assert.False(_search.Begin(File, Now, _actions));
    }

    [Fact]
    public void Take_HeldHere_IsHit()
    {
        var peer = Peer(1);
        _search.Take(peer, PeerMessage.Search(5, File, 1), Now, _actions);
        Assert.IsType<QueryHeld>(Assert.Single(_actions.ToArray()));
        _actions.Clear();

        _search.AnswerHeld(peer, File, held: true, Now, _actions);

        Assert.Equal((-1, PeerMessage.SearchHit(5, 0)), Assert.Single(Sent()));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(0, 0)]
    public void Take_NotHeldHere_IsPassedOnWhileItHasHops(byte hops, int passed)
    {
        var peer = Peer(1);
        Peer(2);
        Peer(3);
        Search(peer, 5, hops, held: false);

        Assert.Equal(passed, Sent().Length);
        Assert.All(Sent(), send => Assert.Equal(PeerMessage.Search(5, File, 0), send.Message));
    }

    [Fact]
    public void Take_SameQueryTwice_IsDropped()
    {
        var (one, two) = (Peer(1), Peer(2));
        Search(one, 5, 1, held: false);
        _actions.Clear();

        Assert.True(_search.Take(two, PeerMessage.Search(5, File, 1), Now, _actions));
        Assert.True(_search.Take(one, PeerMessage.Search(5, File, 0), Now, _actions));

        Assert.Equal(0, _actions.Count);
    }

    [Fact]
    public void TryTakeHit_OfAPassedOnSearch_GoesBackWithTheAddressItIsReachedAt()
    {
        var (asker, holder) = (Peer(1), Peer(2));
        Search(asker, 5, 1, held: false);
        _actions.Clear();

        Assert.False(_search.TryTakeHit(holder, Hit(holder, 5, 0), Now, out _, _actions));

        var hit = Assert.IsType<SendHit>(Assert.Single(_actions.ToArray()));
        Assert.Equal(asker.Connection, hit.Connection);
        Assert.Equal(holder.Seen, Assert.Single(hit.Addresses));
    }

    [Fact]
    public void TryTakeHit_ThatNamesOthers_IsPassedBackByNobody()
    {
        var (asker, liar) = (Peer(1), Peer(2));
        Search(asker, 5, 1, held: false);
        _actions.Clear();

        Assert.False(_search.TryTakeHit(liar, Hit(liar, 5, 3), Now, out _, _actions));
        Assert.Equal(0, _actions.Count);
    }

    [Fact]
    public void TryTakeHit_OfOnesOwnSearch_IsTheCallers()
    {
        var peer = Peer(1);
        _search.Begin(File, Now, _actions);
        var query = Sent()[0].Message.Query;

        Assert.True(_search.TryTakeHit(peer, Hit(peer, query, 2), Now, out var file, _actions));
        Assert.Equal(File, file);
        Assert.False(_search.TryTakeHit(peer, Hit(peer, query + 1, 2), Now, out _, _actions));
        Assert.False(_search.TryTakeHit(peer, Hit(peer, query, 2), Now + _options.Memory, out _, _actions));
    }

    [Fact]
    public void TryTakeHit_AskerGone_GoesNowhere()
    {
        var (asker, holder) = (Peer(1), Peer(2));
        Search(asker, 5, 1, held: false);
        _actions.Clear();
        _search.Forget(asker);
        _links.Remove(asker);

        _search.TryTakeHit(holder, Hit(holder, 5, 0), Now, out _, _actions);

        Assert.Equal(0, _actions.Count);
    }

    [Fact]
    public void TryTakeHit_MoreThanEnough_AreDropped()
    {
        var asker = Peer(1);
        Search(asker, 5, 1, held: false);
        _actions.Clear();
        for (var i = 0; i < 30; i++)
            _search.TryTakeHit(Peer(10 + i), Hit(asker, 5, 0), Now, out _, _actions);

        Assert.Equal(_options.HitsPerQuery, _actions.Count);
    }

    [Fact]
    public void Take_Flood_IsDroppedThenAFaultAndCostsLittle()
    {
        var peer = Peer(1);
        var taken = 0;
        for (ulong query = 0; taken == (int)query; query++)
            taken += _search.Take(peer, PeerMessage.Search(query, File, 1), Now, _actions) ? 1 : 0;

        Assert.Equal(_options.PerAccountBurst + _options.FloodLimit, taken);
        Assert.InRange(_actions.Count, 1, (int)_options.PerAccountBurst);
    }

    [Fact]
    public void Take_TooManyNowAndThen_IsNoFlood()
    {
        var peer = Peer(1);
        for (var minute = 0; minute < 10; minute++)
        {
            for (var i = 0; i < 100; i++)
            {
                var search = PeerMessage.Search((ulong)((1_000 * minute) + i), File, 1);
                Assert.True(_search.Take(peer, search, Now + (_options.FloodSpan * minute), _actions));
            }
        }
    }

    [Fact]
    public void Take_FloodOfOneIdOfAnAccount_IsNoFaultOfItsOthers()
    {
        var (flooding, beside) = (Peer(1), Peer(2));
        (flooding.Account, beside.Account) = (7, 7);
        var query = 0ul;
        while (_search.Take(flooding, PeerMessage.Search(++query, File, 1), Now, _actions))
            continue;

        Assert.True(_search.Take(beside, PeerMessage.Search(++query, File, 1), Now, _actions));
    }

    [Fact]
    public void Take_ManyIdsOfOneAccount_ShareItsSearchesAndOthersAreServed()
    {
        Link[] crowd = [.. Enumerable.Range(1, 8).Select(number => Peer(number))];
        var honest = Peer(9);
        foreach (var link in crowd)
            link.Account = 7;

        honest.Account = 8;
        for (var i = 0; i < 80; i++)
            _search.Take(crowd[i % 8], PeerMessage.Search((ulong)i, File, 1), Now, _actions);

        Assert.Equal(_options.PerAccountBurst, _actions.Count);
        _search.Take(honest, PeerMessage.Search(1_000, File, 1), Now, _actions);
        Assert.Equal(_options.PerAccountBurst + 1, _actions.Count);
    }

    [Fact]
    public void Take_ManyNeighbours_AreServedUpToTheLimitInAll()
    {
        for (var i = 0; i < 500; i++)
            Assert.True(_search.Take(Peer(1 + i), PeerMessage.Search((ulong)i, File, 1), Now, _actions));

        Assert.Equal(_options.Burst, _actions.Count);
    }

    [Fact]
    public void Take_ForADay_RemembersNoMoreThanTheLimits()
    {
        var peer = Peer(1);
        for (var i = 0; i < 5_000; i++)
        {
            _search.Take(peer, PeerMessage.Search((ulong)i, File, 0), Now + TimeSpan.FromSeconds(i), _actions);
            _actions.Clear();
        }

        Assert.InRange(_search.Remembered, 1, 61);
    }

    private Link Peer(int number, ushort version = 2)
    {
        var link = new Link(
            new ConnectionId(-number), isNode: false, default, new PeerSpeed(64_000, 0.25), Now)
        {
            Remote = new PeerId((UInt128)number),
            Seen = new NodeAddress(new PeerId((UInt128)number), "192.0.2.7", 4070),
            State = LinkState.Open,
            Version = version,
        };
        _links.Add(link);
        return link;
    }

    private void Search(Link from, ulong query, byte hops, bool held)
    {
        _search.Take(from, PeerMessage.Search(query, File, hops), Now, _actions);
        _actions.Clear();
        _search.AnswerHeld(from, File, held, Now, _actions);
    }

    private (int To, PeerMessage Message)[] Sent() =>
    [
        .. _actions.Of<SendMessage>().ToArray().Select(send => (send.Connection.Value, send.Message)),
    ];

    private static HitReceived Hit(Link from, ulong query, int named) =>
        new(from.Connection, query, new NodeAddress[named]);
}
