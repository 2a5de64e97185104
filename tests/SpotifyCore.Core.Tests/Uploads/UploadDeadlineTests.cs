using SpotifyCore.Core.Neighbours;
using SpotifyCore.Core.Uploads;
using SpotifyCore.Testing;

namespace SpotifyCore.Core.Tests.Uploads;

/// <summary>How long a chunk may keep a slot, and a peer its connection, however much of it the peer takes.</summary>
public sealed class UploadDeadlineTests
{
    private readonly TestUploads _uploads = new();

    private UploadOptions Options => _uploads.Options;

    private UploadQueue Queue => _uploads.Queue;

    [Fact]
    public void Serve_SlotsOfSlowReaders_AreTheirsForSecondsWhileAnotherWaits()
    {
        Link[] crowd = [_uploads.Peer(1, account: 7), _uploads.Peer(2, account: 7), _uploads.Peer(3, account: 7)];
        foreach (var peer in crowd)
            Ask(peer, count: 8);

        var honest = _uploads.Peer(4, account: 8);
        Ask(honest, count: 2);
        Assert.Equal([1, 2, 3], Drain());

        _uploads.AdvanceTo(TestUploads.Start + Options.SlotTime - TimeSpan.FromMilliseconds(1));
        Assert.Empty(Drain());
        _uploads.AdvanceTo(Queue.NextCheck(_uploads.Now));
        Assert.Equal([4], Drain());
        Assert.Equal(4, Queue.Sending);
        _uploads.Sent(honest);
        Assert.Equal([4], Drain());
        Assert.InRange(
            _uploads.Now - TestUploads.Start, Options.SlotTime, Options.SlotTime + TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void Sent_ChunkThatWasOverdue_TheRestGoesBehindOthersAndThePeerIsSlow()
    {
        Options.Slots = Options.SlotsForSlow = 1;
        var (slow, other) = (_uploads.Peer(1), _uploads.Peer(2));
        Ask(slow, count: 2);
        Ask(other, count: 3);
        _uploads.AdvanceTo(Queue.NextCheck(_uploads.Now));
        Assert.Equal([1, 2], Drain());
        Assert.True(slow.TakesSlowly);

        _uploads.Sent(slow);
        Assert.Empty(Drain());
        Assert.True(slow.TakesSlowly);
        _uploads.Sent(other);
        Assert.Equal([1], Drain());

        // Taken in time, it is slow no more.
        _uploads.Sent(slow);
        Assert.False(slow.TakesSlowly);
        Assert.Equal([2], Drain());
    }

    [Fact]
    public void Serve_NobodyElseWaits_ASlowLineGetsItsMusic()
    {
        var slow = _uploads.Peer(1);
        Ask(slow, count: 4);
        Ask(slow, count: 4, request: 2);
        for (var i = 0; i < 8; i++)
        {
            // At 1 KiB a second, a sixteenth of what the slowest music needs.
            Assert.Equal([1], Drain());
            _uploads.AdvanceTo(_uploads.Now + TimeSpan.FromSeconds(16));
            Assert.False(slow.TakesSlowly);
            _uploads.Sent(slow, request: i < 4 ? 1u : 2u);
        }

        Assert.Equal(8 * 16_384, slow.Given);
    }

    [Fact]
    public void Serve_OverdueChunks_AreOneAPeerAndHoldNoSlot()
    {
        Link[] crowd = [.. Enumerable.Range(1, 20).Select(number => _uploads.Peer(number, account: (UInt128)number))];
        foreach (var peer in crowd)
            Ask(peer, count: 8);

        var honest = _uploads.Peer(30, account: 99);
        Ask(honest, count: 1);
        var served = new List<int>();
        while (_uploads.Now - TestUploads.Start < TimeSpan.FromSeconds(28.5))
        {
            served.AddRange(Drain());
            _uploads.AdvanceTo(Queue.NextCheck(_uploads.Now));
        }

        // Seven turns of three slots, each of four seconds.
        Assert.Equal(served.Count, served.Distinct().Count());
        Assert.Contains(30, served);
        Assert.Equal(21, served.Count);
    }

    [Theory]
    [InlineData(4.9, false, false)] // Not for long yet.
    [InlineData(5, false, true)]
    [InlineData(5, true, false)] // The line is full, which may be why.
    [InlineData(15, true, true)]
    public void IsStalled_ChunkHeldUp_IsByTheTimeAndTheLine(double since, bool lineIsFull, bool expected)
    {
        var peer = _uploads.Peer(1);
        Ask(peer, count: 1);
        _uploads.Now += TimeSpan.FromSeconds(20);
        Queue.NoteDelay(TimeSpan.Zero, _uploads.Now);
        Queue.NoteDelay(TimeSpan.FromMilliseconds(lineIsFull ? 300 : 50), _uploads.Now);

        Assert.Equal(expected, Queue.IsStalled(peer, TimeSpan.FromSeconds(since), _uploads.Now));
        _uploads.Sent(peer);
        Assert.False(Queue.IsStalled(peer, TimeSpan.FromMinutes(1), _uploads.Now));
    }

    [Fact]
    public void NextOverlong_WhateverIsTaken_IsAfterHalfAMinute()
    {
        var trickle = _uploads.Peer(1, account: 7);
        Ask(trickle, count: 1);

        var longest = Options.LongestChunk;
        Assert.InRange(Queue.NextCheck(_uploads.Now) - TestUploads.Start, longest, longest * 1.01);
        _uploads.AdvanceTo(TestUploads.Start + Options.LongestChunk - TimeSpan.FromMilliseconds(1));
        Assert.Null(Queue.NextOverlong(_uploads.Now));
        _uploads.AdvanceTo(Queue.NextCheck(_uploads.Now));
        Assert.Same(trickle, Queue.NextOverlong(_uploads.Now));

        // Its account is remembered.
        _uploads.Forget(trickle);
        Assert.Null(Queue.NextOverlong(_uploads.Now));
        _uploads.Clear();
        Ask(_uploads.Peer(2, account: 7), count: 1);
        Ask(_uploads.Peer(3, account: 7), count: 1);
        Assert.Equal([2], Drain());
    }

    [Fact]
    public void NextOverlong_SlowLineOfOnesOwn_IsLaterByWhatFourChunksNeed()
    {
        Options.MaxBytesPerSecond = 2_048;
        Ask(_uploads.Peer(1), count: 1);

        var longest = Options.LongestChunk + TimeSpan.FromSeconds(32);
        Assert.Equal(TestUploads.Start + longest, Queue.NextCheck(_uploads.Now));
    }

    [Fact]
    public void ServeAndNextCheck_ManyWait_DoNotAllocate()
    {
        for (var i = 1; i <= 8; i++)
            Ask(_uploads.Peer(i), count: 8);

        AllocationAssert.None(() =>
        {
            _uploads.Now = Queue.NextCheck(_uploads.Now);
            _uploads.Serve();
            _uploads.Clear();
        });
    }

    private void Ask(Link peer, uint count, uint request = 1) => _uploads.Ask(peer, request, first: 0, count);

    private int[] Drain() => [.. _uploads.Drain().Select(static sent => sent.Peer)];
}
