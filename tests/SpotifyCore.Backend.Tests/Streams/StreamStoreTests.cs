using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Streams;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Backend.Tests.Streams;

public abstract class StreamStoreTests : AccountCase
{
    private readonly StreamStore _streams;
    private readonly Session _desk;
    private readonly Session _kitchen;

    protected StreamStoreTests(TestStore store)
        : base(store)
    {
        _streams = new StreamStore(Database, Time);
        _desk = Enter(1, "desk");
        _kitchen = Enter(2, "kitchen");
    }

    private StreamHolder Holder => _streams.Find(Ann.Id)!;

    private bool IsHeld => Holder.Until > Time.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public void Take_OfWhatNobodyHas_IsGranted()
    {
        Assert.Null(_streams.Find(Ann.Id));

        var taking = _streams.Take(_desk, StreamWish.OpenOn);

        Assert.Equal((1, null, false), (taking.Number, taking.KeptBy, taking.IsMoved));
        Assert.Equal(("desk", StreamState.Opened), (Holder.Device, Holder.State));
        Assert.True(IsHeld);
    }

    [Fact]
    public void Take_WhileAnotherPlays_IsKeptFromWhatNobodyAskedFor()
    {
        _streams.Take(_desk, StreamWish.Play);

        foreach (var wish in new[] { StreamWish.Prepare, StreamWish.OpenOn, StreamWish.PlayOn })
            Assert.Equal("desk", _streams.Take(_kitchen, wish).KeptBy!.Device);

        var taking = _streams.Take(_kitchen, StreamWish.Open);
        Assert.Equal((2, null, true), (taking.Number, taking.KeptBy, taking.IsMoved));
        Assert.Equal(("kitchen", StreamState.Clicked), (Holder.Device, Holder.State));
        Assert.Equal("kitchen", _streams.Take(_desk, StreamWish.PlayOn).KeptBy!.Device);
        Assert.Equal(2, _streams.Take(_kitchen, StreamWish.OpenOn).Number);
        Assert.Equal(3, _streams.Take(_kitchen, StreamWish.PlayOn).Number);
    }

    [Fact]
    public void Take_ByAPlayFromWhoIsSilent_IsGranted()
    {
        _streams.Take(_desk, StreamWish.OpenOn);
        Assert.Null(_streams.Take(_kitchen, StreamWish.PlayOn).KeptBy);

        _streams.Take(_desk, StreamWish.Open);
        Assert.NotNull(_streams.Take(_kitchen, StreamWish.PlayOn).KeptBy);
        Time.Advance(TimeSpan.FromMilliseconds(StreamRules.ClickFor));
        Assert.Null(_streams.Take(_kitchen, StreamWish.PlayOn).KeptBy);
    }

    [Fact]
    public void Take_ToPrepare_TakesNothing()
    {
        Assert.Equal(0, _streams.Take(_kitchen, StreamWish.Play).Number - _streams.Take(_kitchen, StreamWish.Prepare).Number);
        _streams.Release(_kitchen, Holder.Number);

        Assert.Null(_streams.Take(_desk, StreamWish.Prepare).KeptBy);
        Assert.False(IsHeld);
        Assert.Null(_streams.Take(_kitchen, StreamWish.OpenOn).KeptBy);
        Assert.Equal("kitchen", _streams.Take(_desk, StreamWish.Prepare).KeptBy!.Device);
    }

    [Fact]
    public void Take_OfWhatNobodyIsHeardOfAnyMore_IsGranted()
    {
        var played = _streams.Take(_desk, StreamWish.Play).Number;
        Time.Advance(TimeSpan.FromMilliseconds(StreamRules.PlayingFor - 1));
        _streams.Renew(_desk, played);
        Time.Advance(TimeSpan.FromMilliseconds(StreamRules.PlayingFor - 1));
        Assert.NotNull(_streams.Take(_kitchen, StreamWish.OpenOn).KeptBy);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(_streams.Take(_kitchen, StreamWish.OpenOn).KeptBy);

        // Of an opened track too; each that is opened holds it anew, and takes nothing from that it plays.
        Time.Advance(TimeSpan.FromMilliseconds(StreamRules.OpenedFor * 3 / 4));
        _streams.Take(_kitchen, StreamWish.OpenOn);
        Time.Advance(TimeSpan.FromMilliseconds(StreamRules.OpenedFor - 1));
        Assert.NotNull(_streams.Take(_desk, StreamWish.OpenOn).KeptBy);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(_streams.Take(_desk, StreamWish.PlayOn).KeptBy);
        _streams.Take(_desk, StreamWish.OpenOn);
        Time.Advance(TimeSpan.FromMilliseconds(StreamRules.OpenedFor));
        Assert.NotNull(_streams.Take(_kitchen, StreamWish.PlayOn).KeptBy);
    }

    [Fact]
    public void Release_OfWhatWasTakenSince_ChangesNothing()
    {
        var before = _streams.Take(_desk, StreamWish.Play).Number;
        var anew = _streams.Take(_desk, StreamWish.PlayOn).Number;

        _streams.Release(_desk, before);
        Assert.NotNull(_streams.Take(_kitchen, StreamWish.OpenOn).KeptBy);
        _streams.Release(_desk, anew);
        Assert.Null(_streams.Take(_kitchen, StreamWish.OpenOn).KeptBy);
    }

    [Fact]
    public void Take_AfterTheSessionEnded_IsGrantedAndCountsOn()
    {
        var held = _streams.Take(_desk, StreamWish.Play).Number;
        Sessions.Close(_desk);

        var taking = _streams.Take(_kitchen, StreamWish.OpenOn);

        Assert.Equal((held + 1, null, true), (taking.Number, taking.KeptBy, taking.IsMoved));
        Assert.Equal("kitchen", Holder.Device);
    }

    [Fact]
    public void Take_FromAnotherTooOften_IsToWait()
    {
        _streams.Take(_desk, StreamWish.Play);
        for (var i = 0; i < StreamRules.Takings; i++)
        {
            Assert.Null(_streams.Take(_kitchen, StreamWish.Open).KeptBy);
            Assert.Null(_streams.Take(_kitchen, StreamWish.Play).KeptBy);
            if (i < StreamRules.Takings - 1)
                Assert.Null(_streams.Take(_desk, StreamWish.Play).KeptBy);
        }

        // The other one is counted by itself; and who pauses in between has another's stream no less.
        Assert.Null(_streams.Take(_desk, StreamWish.Play).KeptBy);
        _streams.Release(_desk, Holder.Number);
        var refused = _streams.Take(_kitchen, StreamWish.Play);
        Assert.Equal(("desk", true), (refused.KeptBy!.Device, refused.IsTooOften));
        Assert.True(_streams.Take(_kitchen, StreamWish.Prepare).IsTooOften);

        Time.Advance(TimeSpan.FromMilliseconds(StreamRules.TakingEach));
        Assert.Null(_streams.Take(_kitchen, StreamWish.Play).KeptBy);
    }

    private Session Enter(ulong peer, string device) =>
        Sessions.Open(Ann, new PeerId(peer), new SessionOrigin(device, "")).Session;
}

public sealed class SqliteStreamStoreTests() : StreamStoreTests(new SqliteStore());

public sealed class PostgresStreamStoreTests() : StreamStoreTests(new PostgresStore());
