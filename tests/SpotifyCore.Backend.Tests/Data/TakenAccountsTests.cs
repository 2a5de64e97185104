using SpotifyCore.Backend.Data;

namespace SpotifyCore.Backend.Tests.Data;

public sealed class TakenAccountsTests
{
    [Fact]
    public async Task FollowAsync_MoreThanItHasRoomFor_LooksAtAll()
    {
        var told = new TakenAccounts();
        var seen = new List<long?>();
        for (var account = 1; account <= 2_000; account++)
            told.Note($"{account}");

        told.Complete();
        await told.FollowAsync(seen.Add);

        Assert.Null(seen[0]);
        Assert.Equal(2, seen[1]);
    }

    [Fact]
    public async Task FollowAsync_WhatIsNoAccount_IsAny()
    {
        var told = new TakenAccounts();
        var seen = new List<long?>();
        foreach (var said in new[] { "", "7", "-7", "seven" })
            told.Note(said);

        told.Complete();
        await told.FollowAsync(seen.Add);

        Assert.Equal([null, 7, null, null], seen);
    }

    /// <summary>Who looked and failed would hear of nothing until the next is told, and may have missed what was.</summary>
    [Fact]
    public async Task WatchStreamsAsync_WhoLooksFails_EndsByThatThoughNothingMoreIsTold()
    {
        using var store = new PostgresStore();
        using var database = (PostgresDatabase)store.Open();

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WatchStreamsAsync(
            static _ => throw new InvalidOperationException(), CancellationToken.None));
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WatchAsync(
            static () => throw new InvalidOperationException(), CancellationToken.None));
    }
}
