using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Offline;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Offline;

/// <summary>Devices and what they keep, in either store.</summary>
public abstract class OfflineStoreTests : IDisposable
{
    private readonly TestStore _store;
    private readonly ManualTimeProvider _time = new();
    private readonly Account _ann;
    private readonly Account _bob;
    private ServiceDatabase _database;
    private OfflineStore _offline;

    protected OfflineStoreTests(TestStore store)
    {
        _store = store;
        _database = store.Open();
        _offline = new OfflineStore(_database, _time);
        var accounts = TestAccounts.In(_database, _time);
        _ann = accounts.Add("ann", "correct horse", AccountRoles.Listener);
        _bob = accounts.Add("bob", "correct horse", AccountRoles.Listener);
    }

    [Fact]
    public void Keep_OnAFourthDevice_IsRefusedUntilOneIsGivenUp()
    {
        for (var device = 1; device <= OfflineStore.MaxDevices; device++)
            Assert.Equal(KeepOutcome.Kept, _offline.Keep(On(device), [Track(1)]));

        Assert.Equal(KeepOutcome.TooManyDevices, _offline.Keep(On(4), [Track(1)]));
        Assert.Equal(KeepOutcome.Kept, _offline.Keep(On(3), [Track(2)]));
        Assert.Equal(KeepOutcome.Kept, _offline.Keep(On(4, _bob), [Track(1)]));
        Assert.False(_offline.Keeps(On(4), TrackOf(1)));

        Assert.True(_offline.End(_ann, PeerOf(2)));
        Assert.False(_offline.End(_ann, PeerOf(2)));
        Assert.Equal(KeepOutcome.Kept, _offline.Keep(On(4), [Track(1)]));
        Assert.Equal(KeepOutcome.TooManyDevices, _offline.Keep(On(2), [Track(1)]));
    }

    [Fact]
    public void Keep_BeyondWhatADeviceMay_KeepsNoneOfThem()
    {
        string[] most = [.. Enumerable.Range(0, OfflineStore.MaxTracks).Select(Track)];
        Assert.Equal(KeepOutcome.TooManyTracks, _offline.Keep(On(1), [.. most, Track(9_999)]));
        Assert.Empty(_offline.List(_ann));

        Assert.Equal(KeepOutcome.Kept, _offline.Keep(On(1), most));
        Assert.Equal(KeepOutcome.TooManyTracks, _offline.Keep(On(1), [Track(9_999)]));
        Assert.Equal(KeepOutcome.Kept, _offline.Keep(On(1), [Track(5)]));
        Assert.Equal(OfflineStore.MaxTracks, _offline.CountTracks(On(1)));

        Assert.Equal(OfflineStore.MaxTracks - 1, _offline.GiveUp(On(1), [Track(5)]));
        Assert.Equal(KeepOutcome.Kept, _offline.Keep(On(1), [Track(9_999)]));
    }

    [Fact]
    public void GiveUp_OfTheLast_EndsTheDevice()
    {
        _offline.Keep(On(1), [Track(1), Track(2)]);
        _offline.Keep(On(2), [Track(1)]);

        Assert.Equal(1, _offline.GiveUp(On(1), [Track(1), Track(7)]));
        Assert.Equal((false, true), (_offline.Keeps(On(1), TrackOf(1)), _offline.Keeps(On(1), TrackOf(2))));
        Assert.Equal(0, _offline.GiveUp(On(1), [Track(2)]));

        Assert.Equal(PeerOf(2), Assert.Single(_offline.List(_ann)).Peer);
        Assert.Null(_offline.Renew(On(1)));
        Assert.Equal([Track(1)], _offline.Renew(On(2)));
        Assert.Equal(0, _offline.GiveUp(On(1), [Track(2)]));
    }

    [Fact]
    public void Keep_WhileADeviceWasNotInTouchForItsRight_HasItsPlace()
    {
        for (var device = 1; device <= OfflineStore.MaxDevices; device++)
            _offline.Keep(On(device), [Track(1)]);

        _time.Advance(OfflineStore.RightHolds - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(_offline.Renew(On(1)));
        Assert.Equal(KeepOutcome.Kept, _offline.Keep(On(2), [Track(2)]));
        Assert.Equal(KeepOutcome.TooManyDevices, _offline.Keep(On(4), [Track(1)]));

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(KeepOutcome.Kept, _offline.Keep(On(4), [Track(1)]));
        Assert.Null(_offline.Renew(On(3)));
        Assert.False(_offline.Keeps(On(3), TrackOf(1)));
    }

    [Fact]
    public void Open_Again_HasAllThatWasAcknowledged()
    {
        _offline.Keep(On(1), [Track(2), Track(1)]);
        _time.Advance(TimeSpan.FromDays(1));
        _offline.Renew(On(1));
        var before = _offline.List(_ann);

        _database.Dispose();
        _database = _store.Open();
        _offline = new OfflineStore(_database, _time);

        Assert.Equal(before, _offline.List(_ann));
        var device = Assert.Single(before);
        Assert.Equal(("device 1", 2, TimeSpan.FromDays(1)), (
            device.Name, device.Tracks, TimeSpan.FromMilliseconds(device.Seen - device.Since)));
        Assert.Equal(new[] { Track(1), Track(2) }.Order(StringComparer.Ordinal), _offline.Renew(On(1)));
    }

    public void Dispose()
    {
        _database.Dispose();
        _store.Dispose();
    }

    private static TrackId TrackOf(int seed) => TestTracks.TrackOf(seed);

    private static string Track(int seed) => TrackOf(seed).ToString();

    private static PeerId PeerOf(int device) => new((UInt128)device);

    private Session On(int device, Account? account = null) =>
        new([(byte)device], account ?? _ann, PeerOf(device), []) { Device = $"device {device}" };
}

public sealed class SqliteOfflineStoreTests() : OfflineStoreTests(new SqliteStore());

public sealed class PostgresOfflineStoreTests() : OfflineStoreTests(new PostgresStore());
