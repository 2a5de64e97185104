using Google.Protobuf;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Playing;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Playing;

/// <summary>What accounts play, in either store.</summary>
public abstract class PlaybackStoreTests : IDisposable
{
    private readonly TestStore _store;
    private readonly ManualTimeProvider _time = new();
    private readonly Account _ann;
    private readonly Account _bob;
    private ServiceDatabase _database;

    protected PlaybackStoreTests(TestStore store)
    {
        _store = store;
        _database = store.Open();
        var accounts = TestAccounts.In(_database, _time);
        _ann = accounts.Add("ann", "correct horse", AccountRoles.Listener);
        _bob = accounts.Add("bob", "correct horse", AccountRoles.Listener);
    }

    private PlaybackStore Playbacks => new(_database, _time);

    [Fact]
    public void Find_AfterARestart_IsTheLatestOfTheAccount()
    {
        Assert.True(Playbacks.TryKeep(On(1), Playback(1)));
        Assert.True(Playbacks.TryKeep(On(2, _bob), Playback(2)));
        _time.Advance(PlaybackStore.Pause);
        Assert.True(Playbacks.TryKeep(On(3), Playback(3)));
        _database.Dispose();
        _database = _store.Open();
        _time.Advance(TimeSpan.FromMinutes(2));

        var kept = Playbacks.Find(On(1))!;

        Assert.Equal((Playback(3), "device 3", 120_000), (kept.Playback, kept.Device, kept.AgeMs));
        Assert.Equal(PeerOf(3), PeerId.Read(kept.Client.Span));
        Assert.Equal(Playback(2), Playbacks.Find(On(9, _bob))!.Playback);
    }

    [Fact]
    public void TryKeep_JustAfterAnother_IsNotWritten()
    {
        Assert.True(Playbacks.TryKeep(On(1), Playback(1)));
        _time.Advance(PlaybackStore.Pause - TimeSpan.FromMilliseconds(1));

        Assert.False(Playbacks.TryKeep(On(2), Playback(2)));
        Assert.Equal(Playback(1), Playbacks.Find(On(1))!.Playback);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(Playbacks.TryKeep(On(2), Playback(2)));
    }

    [Fact]
    public void Forget_OfADevice_LeavesWhatAnotherPlays()
    {
        Assert.True(Playbacks.TryKeep(On(1), Playback(1)));

        Playbacks.Forget(On(2));
        Playbacks.Forget(On(1, _bob));
        Assert.NotNull(Playbacks.Find(On(2)));

        Playbacks.Forget(On(1));
        Assert.Null(Playbacks.Find(On(2)));
    }

    public void Dispose()
    {
        _database.Dispose();
        _store.Dispose();
    }

    private static AccountPlayback Playback(byte number) => new()
    {
        Tracks = ByteString.CopyFrom([.. Enumerable.Repeat(number, TrackId.Size)]), PositionMs = number,
    };

    private static PeerId PeerOf(int device) => new((UInt128)device);

    private Session On(int device, Account? account = null) =>
        new([(byte)device], account ?? _ann, PeerOf(device), []) { Device = $"device {device}" };
}

public sealed class SqlitePlaybackStoreTests() : PlaybackStoreTests(new SqliteStore());

public sealed class PostgresPlaybackStoreTests() : PlaybackStoreTests(new PostgresStore());
