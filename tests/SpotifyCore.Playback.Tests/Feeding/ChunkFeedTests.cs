using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Playback.Feeding;
using SpotifyCore.Testing;

namespace SpotifyCore.Playback.Tests.Feeding;

public sealed class ChunkFeedTests
{
    private static readonly TestFile File = TestFile.Create(1, (20 * Manifest.ChunkSize) - 100);

    private readonly byte[] _chunk = new byte[Manifest.ChunkSize];

    [Fact]
    public void TryTake_OfferedOutOfOrder_GivesThemInOrder()
    {
        var feed = new ChunkFeed(File.Manifest, 4);
        foreach (var index in new uint[] { 2, 0, 3, 1 })
            Assert.True(Offer(feed, index));

        for (uint index = 0; index < 4; index++)
            AssertTakes(feed, index);

        Assert.Equal(FeedStatus.Empty, feed.TryTake(0, _chunk, out _));
        Assert.Equal(4u, feed.Next);
    }

    [Theory]
    [InlineData(4u)]
    [InlineData(19u)]
    [InlineData(20u)]
    public void Offer_BeyondTheWindow_IsRefused(uint index)
    {
        var feed = new ChunkFeed(File.Manifest, 4);

        Assert.False(feed.Offer(index, File.Bytes(0).Span));
    }

    [Fact]
    public void Offer_TwiceOrTakenAlready_IsRefused()
    {
        var feed = new ChunkFeed(File.Manifest, 4);
        Assert.True(Offer(feed, 0));

        Assert.False(Offer(feed, 0));
        AssertTakes(feed, 0);
        Assert.False(Offer(feed, 0));
    }

    [Fact]
    public void Offer_WrongLength_IsTheCallersBug() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new ChunkFeed(File.Manifest).Offer(0, File.Bytes(0).Span[1..]));

    [Fact]
    public void TryTake_LastChunk_IsShortAndThenTheEnd()
    {
        var feed = new ChunkFeed(File.Manifest, 4);
        feed.Reposition(19);
        Assert.True(Offer(feed, 19));

        Assert.Equal(FeedStatus.Taken, feed.TryTake(1, _chunk, out var taken));
        Assert.Equal(new TakenChunk(19, Manifest.ChunkSize - 100), taken);
        Assert.Equal(FeedStatus.End, feed.TryTake(1, _chunk, out _));
    }

    [Fact]
    public void Fail_ChunksHere_AreTakenFirst()
    {
        var feed = new ChunkFeed(File.Manifest, 4);
        Offer(feed, 0);
        feed.Fail("gone");
        feed.Fail("later");

        AssertTakes(feed, 0);
        Assert.Equal(FeedStatus.Failed, feed.TryTake(0, _chunk, out _));
        Assert.Equal("gone", feed.Failure);
    }

    [Fact]
    public void Reposition_ChunksStillInTheWindow_Stay()
    {
        var feed = new ChunkFeed(File.Manifest, 4);
        Offer(feed, 2);
        Offer(feed, 3);

        var epoch = feed.Reposition(3);

        Assert.Equal(FeedStatus.Taken, feed.TryTake(epoch, _chunk, out var taken));
        Assert.Equal(3u, taken.Index);
        Assert.Equal(File.Bytes(3), _chunk);
        Assert.True(Offer(feed, 6));
    }

    [Fact]
    public void Reposition_ConsumerOfBefore_LearnsOfIt()
    {
        var feed = new ChunkFeed(File.Manifest, 4);
        Offer(feed, 0);
        feed.Reposition(0);

        Assert.Equal(FeedStatus.Moved, feed.TryTake(0, _chunk, out _));
        Assert.Equal(0u, feed.Next);
    }

    [Fact]
    public void AnySequence_WhatIsTaken_IsWhatWasOffered() =>
        Prop.ForAll<(byte Kind, byte Index)[]>(moves =>
        {
            var feed = new ChunkFeed(File.Manifest, 5);
            var epoch = 0;
            uint expected = 0;
            foreach (var (kind, at) in moves)
            {
                var index = at % File.Manifest.ChunkCount;
                if (kind % 8 == 0)
                    epoch = feed.Reposition(expected = index);
                else if (kind % 2 == 0)
                    Offer(feed, expected + (at % 6u));
                else if (feed.TryTake(epoch, _chunk, out var taken) == FeedStatus.Taken
                    && (taken.Index != expected++
                        || !File.Bytes(taken.Index).Span.SequenceEqual(_chunk.AsSpan(0, taken.Length))))
                    return false;
            }

            return feed.Next == expected;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void OfferAndTake_DoNotAllocate()
    {
        var feed = new ChunkFeed(File.Manifest, 4);
        var epoch = 0;
        AllocationAssert.None(() =>
        {
            if (feed.Next == 19)
                epoch = feed.Reposition(0);

            Offer(feed, feed.Next);
            Assert.True(feed.TryTake(epoch, _chunk, out _) == FeedStatus.Taken);
        });
    }

    private static bool Offer(ChunkFeed feed, uint index) =>
        index < File.Manifest.ChunkCount && feed.Offer(index, File.Bytes(index).Span);

    private void AssertTakes(ChunkFeed feed, uint index)
    {
        Assert.Equal(FeedStatus.Taken, feed.TryTake(0, _chunk, out var taken));
        Assert.Equal(index, taken.Index);
        Assert.Equal(File.Bytes(index).Span, _chunk.AsSpan(0, taken.Length));
    }
}
