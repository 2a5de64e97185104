using SpotifyCore.Backend.Tracking;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.Tests.Tracking;

public sealed class PeerReportsTests
{
    private static readonly Instant Start = new(TimeSpan.TicksPerDay);
    private static readonly PeerId Peer = new(1);

    private readonly PeerReportOptions _options = new() { PerAccount = 4, Peers = 5, AccountsPerPeer = 4 };
    private readonly PeerReports _reports;

    public PeerReportsTests() => _reports = new PeerReports(_options);

    [Fact]
    public void IsSuspect_OneAccountOverAndOver_IsNot()
    {
        for (var i = 0; i < _options.PerAccount; i++)
            Assert.True(_reports.TryNote(7, Peer, Start));

        Assert.False(_reports.IsSuspect(Peer, Start));
    }

    [Fact]
    public void IsSuspect_SeveralAccounts_IsUntilTheyExpire()
    {
        Assert.True(_reports.TryNote(7, Peer, Start));
        Assert.True(_reports.TryNote(8, Peer, Start));
        Assert.False(_reports.IsSuspect(Peer, Start));
        Assert.True(_reports.TryNote(9, Peer, Start + TimeSpan.FromHours(1)));

        Assert.True(_reports.IsSuspect(Peer, Start + _options.Memory));
        Assert.False(_reports.IsSuspect(Peer, Start + _options.Memory + TimeSpan.FromSeconds(1)));
        Assert.False(_reports.IsSuspect(Peer, Start + (_options.Memory * 2)));
        Assert.Equal(0, _reports.Peers);
    }

    [Fact]
    public void TryNote_TalkativeAccount_IsNotHeardUntilTheInterval()
    {
        for (var i = 0; i < _options.PerAccount; i++)
            Assert.True(_reports.TryNote(7, new PeerId((UInt128)(10 + i)), Start));

        Assert.False(_reports.TryNote(7, Peer, Start));
        Assert.True(_reports.TryNote(7, Peer, Start + _options.Interval));
    }

    [Fact]
    public void TryNote_MorePeersThanRoom_ForgetsTheOldest()
    {
        for (var account = 0; account < 3; account++)
            _reports.TryNote(account, Peer, Start);
        for (var other = 0; other < _options.Peers; other++)
            _reports.TryNote(100 + (other / 2), new PeerId((UInt128)(10 + other)), Start + _options.Interval);

        Assert.Equal(_options.Peers, _reports.Peers);
        Assert.False(_reports.IsSuspect(Peer, Start + _options.Interval));
    }

    [Fact]
    public void TryNote_MoreAccountsThanRoom_KeepsTheLatest()
    {
        for (var account = 0; account < 5; account++)
            _reports.TryNote(account, Peer, Start + TimeSpan.FromMinutes(account));

        Assert.True(_reports.IsSuspect(Peer, Start + _options.Memory + TimeSpan.FromMinutes(2)));
        Assert.False(_reports.IsSuspect(Peer, Start + _options.Memory + TimeSpan.FromMinutes(3)));
    }
}
