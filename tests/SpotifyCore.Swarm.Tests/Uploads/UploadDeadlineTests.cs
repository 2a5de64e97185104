using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Swarm.Neighbours;
using SpotifyCore.Swarm.Uploads;
using SpotifyCore.Testing;

namespace SpotifyCore.Swarm.Tests.Uploads;

/// <summary>How long a chunk may keep a slot, and a peer its connection, however much of it the peer takes.</summary>
public sealed class UploadDeadlineTests
{
    private static readonly FileId File = new(77);
    private static readonly Instant Start = new(TimeSpan.TicksPerDay);

    private readonly UploadOptions _options = new() { MaxBytesPerSecond = int.MaxValue };
    private readonly UploadQueue _queue;
    private ActionBuffer _actions = new(16);
    private Instant _now = Start;

    public UploadDeadlineTests() => _queue = new UploadQueue(_options);

    [Fact]
    public void Serve_SlotsOfSlowReaders_AreTheirsForSecondsWhileAnotherWaits()
    {
        Link[] crowd = [Peer(1, account: 7), Peer(2, account: 7), Peer(3, account: 7)];
        foreach (var peer in crowd)
            Ask(peer, count: 8);

        var honest = Peer(4, account: 8);
        Ask(honest, count: 2);
        Assert.Equal([-1, -2, -3], Drain());

        AdvanceTo(Start + _options.SlotTime - TimeSpan.FromMilliseconds(1));
        Assert.Empty(Drain());
        AdvanceTo(_queue.NextCheck(_now));
        Assert.Equal([-4], Drain());
        Assert.Equal(4, _queue.Sending);
        Sent(honest);
        Assert.Equal([-4], Drain());
        Assert.InRange(_now - Start, _options.SlotTime, _options.SlotTime + TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void Sent_ChunkThatWasOverdue_TheRestGoesBehindOthersAndThePeerIsSlow()
    {
        _options.Slots = _options.SlotsForSlow = 1;
        var (slow, other) = (Peer(1), Peer(2));
        Ask(slow, count: 2);
        Ask(other, count: 3);
        AdvanceTo(_queue.NextCheck(_now));
        Assert.Equal([-1, -2], Drain());
        Assert.True(slow.TakesSlowly);

        Sent(slow);
        Assert.Empty(Drain());
        Assert.True(slow.TakesSlowly);
        Sent(other);
        Assert.Equal([-1], Drain());

        // Taken in time, it is slow no more.
        Sent(slow);
        Assert.False(slow.TakesSlowly);
        Assert.Equal([-2], Drain());
    }

    [Fact]
    public void Serve_NobodyElseWaits_ASlowLineGetsItsMusic()
    {
        var slow = Peer(1);
        Ask(slow, count: 4);
        Ask(slow, count: 4, request: 2);
        for (var i = 0; i < 8; i++)
        {
            // At 1 KiB a second, a sixteenth of what the slowest music needs.
            Assert.Equal([-1], Drain());
            AdvanceTo(_now + TimeSpan.FromSeconds(16));
            Assert.False(slow.TakesSlowly);
            Sent(slow, request: i < 4 ? 1u : 2u);
        }

        Assert.Equal(8 * 16_384, slow.Given);
    }

    [Fact]
    public void Serve_OverdueChunks_AreOneAPeerAndHoldNoSlot()
    {
        Link[] crowd = [.. Enumerable.Range(1, 20).Select(number => Peer(number, account: (UInt128)number))];
        foreach (var peer in crowd)
            Ask(peer, count: 8);

        var honest = Peer(30, account: 99);
        Ask(honest, count: 1);
        var served = new List<int>();
        while (_now - Start < TimeSpan.FromSeconds(28.5))
        {
            served.AddRange(Drain());
            AdvanceTo(_queue.NextCheck(_now));
        }

        // Seven turns of three slots, each of four seconds.
        Assert.Equal(served.Count, served.Distinct().Count());
        Assert.Contains(-30, served);
        Assert.Equal(21, served.Count);
    }

    [Theory]
    [InlineData(4.9, false, false)] // Not for long yet.
    [InlineData(5, false, true)]
    [InlineData(5, true, false)] // The line is full, which may be why.
    [InlineData(15, true, true)]
    public void IsStalled_ChunkHeldUp_IsByTheTimeAndTheLine(double since, bool lineIsFull, bool expected)
    {
        var peer = Peer(1);
        Ask(peer, count: 1);
        _now += TimeSpan.FromSeconds(20);
        _queue.NoteDelay(TimeSpan.Zero, _now);
        _queue.NoteDelay(TimeSpan.FromMilliseconds(lineIsFull ? 300 : 50), _now);

        Assert.Equal(expected, _queue.IsStalled(peer, TimeSpan.FromSeconds(since), _now));
        Sent(peer);
        Assert.False(_queue.IsStalled(peer, TimeSpan.FromMinutes(1), _now));
    }

    [Fact]
    public void NextOverlong_WhateverIsTaken_IsAfterHalfAMinute()
    {
        var trickle = Peer(1, account: 7);
        Ask(trickle, count: 1);

        Assert.InRange(_queue.NextCheck(_now) - Start, _options.LongestChunk, _options.LongestChunk * 1.01);
        AdvanceTo(Start + _options.LongestChunk - TimeSpan.FromMilliseconds(1));
        Assert.Null(_queue.NextOverlong(_now));
        AdvanceTo(_queue.NextCheck(_now));
        Assert.Same(trickle, _queue.NextOverlong(_now));

        // Its account is remembered.
        _queue.Forget(trickle, _now, ref _actions);
        Assert.Null(_queue.NextOverlong(_now));
        _actions.Clear();
        Ask(Peer(2, account: 7), count: 1);
        Ask(Peer(3, account: 7), count: 1);
        Assert.Equal([-2], Drain());
    }

    [Fact]
    public void NextOverlong_SlowLineOfOnesOwn_IsLaterByWhatFourChunksNeed()
    {
        _options.MaxBytesPerSecond = 2_048;
        Ask(Peer(1), count: 1);

        Assert.Equal(Start + _options.LongestChunk + TimeSpan.FromSeconds(32), _queue.NextCheck(_now));
    }

    [Fact]
    public void ServeAndNextCheck_ManyWait_DoNotAllocate()
    {
        for (var i = 1; i <= 8; i++)
            Ask(Peer(i), count: 8);

        AllocationAssert.None(() =>
        {
            _now = _queue.NextCheck(_now);
            _queue.Serve(_now, ref _actions);
            _actions.Clear();
        });
    }

    private void AdvanceTo(Instant at)
    {
        Assert.NotEqual(Instant.Never, at);
        _now = at;
        _queue.Serve(_now, ref _actions);
    }

    private Link Peer(int number, UInt128 account = default)
    {
        var link = new Link(new ConnectionId(-number), isNode: false, default, default, Start) { Account = account };
        _queue.Allow(link, File);
        return link;
    }

    private void Ask(Link peer, uint count, uint request = 1)
    {
        var message = PeerMessage.RequestChunks(request, File, 0, count, RequestPriority.Playing, 0);
        _queue.Ask(peer, message, _now, ref _actions);
    }

    private void Sent(Link peer, uint request = 1) => _queue.Sent(peer, request, 16_384, _now, ref _actions);

    /// <summary>To whom chunks have set out.</summary>
    private int[] Drain()
    {
        var sent = _actions.Actions.ToArray()
            .Where(action => action.Kind == ClientActionKind.SendChunk)
            .Select(action => action.Connection.Value).ToArray();
        _actions.Clear();
        return sent;
    }
}
