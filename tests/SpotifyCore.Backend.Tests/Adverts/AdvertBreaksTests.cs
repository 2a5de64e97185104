using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Adverts;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Tests.Accounts;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Testing;

namespace SpotifyCore.Backend.Tests.Adverts;

/// <summary>When an advert is due, what ends it, and what does not.</summary>
public abstract class AdvertBreaksTests : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan AdvertLength = TimeSpan.FromSeconds(10);

    private readonly TestStore _store;
    private readonly ManualTimeProvider _time = new();
    private readonly Account _ann;
    private readonly Account _bob;
    private ServiceDatabase _database;
    private AdvertBreaks _breaks;
    private AdvertStore _adverts;
    private int _track;

    protected AdvertBreaksTests(TestStore store)
    {
        _store = store;
        _database = store.Open();
        _adverts = new AdvertStore(_database, _time);
        _breaks = new AdvertBreaks(_database, Every, _time);
        var accounts = TestAccounts.In(_database, _time);
        _ann = accounts.Add("ann", "correct horse", AccountRoles.Listener, "SE");
        _bob = accounts.Add("bob", "correct horse", AccountRoles.Listener, "DE");
    }

    [Fact]
    public void Take_BeforeTheTimeOfListeningIsOver_GivesKeys()
    {
        Advertise(1, "Soap");

        for (var i = 0; i < 5; i++)
            Assert.Equal(new AdvertTurn(null, HasAdverts: true), Listen());

        Assert.Equal("Soap 1", Listen().Due!.Title);
    }

    [Fact]
    public void Take_WhileItIsDue_GivesTheSameAdvertAndNoKey()
    {
        Advertise(1, "Soap");
        Advertise(2, "Tea");
        var first = UntilDue();

        // Whatever is asked for, from wherever, and however much later.
        Assert.Equal(AdvertLength - AdvertBreaks.Tolerance, first.Wait);
        _time.Advance(TimeSpan.FromSeconds(4));
        var again = Ask("another").Due!;
        Assert.Equal(first.Impression, again.Impression);
        Assert.Equal(first.Wait - TimeSpan.FromSeconds(4), again.Wait);
        _time.Advance(TimeSpan.FromDays(3));
        var late = Ask("third").Due!;
        Assert.Equal(first.Impression, late.Impression);
        Assert.Equal(TimeSpan.Zero, late.Wait);
        Assert.DoesNotContain(_adverts.List(), static advert => advert.Heard > 0);
    }

    [Fact]
    public void Take_ToldOfBeforeItsPlayingTimeIsOver_GivesNoKeyAndCountsNothing()
    {
        Advertise(1, "Soap");
        var due = UntilDue();
        _time.Advance(AdvertLength - AdvertBreaks.Tolerance - TimeSpan.FromMilliseconds(1));

        Assert.Equal(TimeSpan.FromMilliseconds(1), Ask("next", Heard(due)).Due!.Wait);
        Assert.Equal(0, HeardOf("Soap"));

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(Ask("next", Heard(due)).Due);
        Assert.Equal(1, HeardOf("Soap"));
    }

    [Fact]
    public void Take_ToldOfTwice_CountsOnce()
    {
        Advertise(1, "Soap");
        var due = UntilDue();
        _time.Advance(AdvertLength);

        for (var i = 0; i < 3; i++)
            Assert.Null(Ask("next", Heard(due)).Due);

        Assert.Equal(1, HeardOf("Soap"));

        // Nor is it good for the next one.
        var next = UntilDue(Heard(due));
        Assert.NotEqual(due.Impression, next.Impression);
        _time.Advance(AdvertLength);
        Assert.Equal(next.Impression, Ask("next", Heard(due)).Due!.Impression);
        Assert.Equal(1, HeardOf("Soap"));
    }

    [Fact]
    public void Take_WithAnImpressionOfAnotherAccountOrNone_GivesNoKeyAndCountsNothing()
    {
        Advertise(1, "Soap");
        var (anns, bobs) = (UntilDue(), UntilDue(who: _bob));
        _time.Advance(AdvertLength);

        Assert.Equal(anns.Impression, Ask("next", Heard(bobs)).Due!.Impression);
        Assert.Equal(anns.Impression, Ask("next", new AdvertEnding(new byte[16], IsFailed: false)).Due!.Impression);
        Assert.Equal(anns.Impression, Ask("next", new AdvertEnding([], IsFailed: true)).Due!.Impression);
        Assert.Equal(0, HeardOf("Soap"));
        Assert.Null(Ask("next", Heard(bobs), _bob).Due);
        Assert.Equal(1, HeardOf("Soap"));
    }

    [Fact]
    public void Take_AfterARestart_KnowsHowLongWasListenedAndWhatIsDue()
    {
        Advertise(1, "Soap");
        Listen();
        Listen();
        Restart();
        Listen();
        Listen();
        Listen();
        Restart();
        var due = Listen().Due!;
        _time.Advance(TimeSpan.FromSeconds(5));
        Restart();

        var again = Ask("next", Heard(due)).Due!;
        Assert.Equal(due.Impression, again.Impression);
        Assert.Equal(due.Wait - TimeSpan.FromSeconds(5), again.Wait);
        _time.Advance(AdvertLength);
        Restart();
        Assert.Null(Ask("next", Heard(due)).Due);
        Restart();
        Assert.Null(Ask("next", Heard(due)).Due);
        Assert.Equal(1, HeardOf("Soap"));
    }

    [Fact]
    public void Take_ThatCouldNotBePlayed_GoesOnAfterItsTimeAndIsNotCounted()
    {
        Advertise(1, "Soap");
        var due = UntilDue();

        Assert.NotNull(Ask("next", Heard(due) with { IsFailed = true }).Due);
        _time.Advance(AdvertLength);
        Assert.Null(Ask("next", Heard(due) with { IsFailed = true }).Due);
        Assert.Null(Ask("next", Heard(due)).Due);
        Assert.Equal(0, HeardOf("Soap"));
    }

    [Fact]
    public void Take_KeysGatheredAtOnce_EndAtSomeTimesTheListening()
    {
        Advertise(1, "Soap");

        var given = 0;
        while (Ask($"track {given}").Due is null)
            given++;

        Assert.Equal(AdvertBreaks.MostOpened * Every / Length, given);
    }

    [Fact]
    public async Task Take_ManyCallsAtOnce_GiveNoMoreKeysThanOneAfterTheOther()
    {
        Advertise(1, "Soap");
        Ask("first");

        var turns = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => Ask($"track {i}"))));

        Assert.Equal((AdvertBreaks.MostOpened * Every / Length) - 1, turns.Count(static turn => turn.Due is null));
        Assert.Single(turns.Select(static turn => turn.Due).OfType<AdvertBreak>()
            .Select(static due => Convert.ToHexString(due.Impression)).Distinct());
    }

    [Fact]
    public void Take_LongPauses_AreNoListening()
    {
        Advertise(1, "Soap");

        for (var i = 0; i < 5; i++)
        {
            Assert.Null(Ask($"track {i}").Due);
            _time.Advance(TimeSpan.FromHours(8));
        }

        Assert.NotNull(Ask("sixth").Due);
    }

    [Fact]
    public void Take_TheSameTrackOpenedAgain_CountsOnceUntilItMayBeOver()
    {
        Advertise(1, "Soap");
        for (var i = 0; i < 100; i++)
            Assert.Null(Ask("first").Due);

        _time.Advance(Length);
        for (var i = 0; i < 3; i++)
            Assert.Null(Listen().Due);

        // One that repeats is heard as often as it is opened a play apart.
        Assert.Null(Ask("repeats").Due);
        _time.Advance(Length);
        Assert.NotNull(Ask("repeats").Due);
    }

    [Fact]
    public void Take_InterruptedInItsMiddle_GoesOnThoughAnAdvertIsDueBeforeTheNext()
    {
        Advertise(1, "Soap");
        for (var i = 0; i < 4; i++)
            Listen();

        // The next is opened ahead and nearly a track's length before it is heard; the one after it has an advert.
        Assert.Null(Ask("plays").Due);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Null(Ask("next").Due);
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            Assert.Null(Ask("plays").Due);
            Assert.Null(Ask("next").Due);
        }

        _time.Advance(TimeSpan.FromSeconds(30));
        var due = Ask("behind").Due!;
        Assert.Null(Ask("next").Due);
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(Ask("next").Due);
        Assert.Equal(due.Impression, Ask("behind").Due!.Impression);
        Assert.Equal(due.Impression, Ask("plays").Due!.Impression);
        Assert.Equal(0, HeardOf("Soap"));
    }

    [Fact]
    public void Take_TwoThatRepeat_CountEachTimeThoughTheyAreOpenedAhead()
    {
        Advertise(1, "Soap");
        Assert.Null(Ask("one").Due);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Null(Ask("other").Due);

        // Each once the other begins to sound, which is a crossfade before that one's end.
        _time.Advance(Length - TimeSpan.FromSeconds(18));
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(Ask(i % 2 == 0 ? "one" : "other").Due);
            _time.Advance(Length);
        }

        Assert.NotNull(Ask("other").Due);
    }

    [Fact]
    public void Take_TrackOfSomeTimesTheTime_MakesOneDueAndNoMore()
    {
        Advertise(1, "Soap");
        var mix = Every * (AdvertBreaks.MostOpened + 1);

        // Skipping one such is no more than skipping what has the time between two adverts.
        for (var i = 1; i < AdvertBreaks.MostOpened; i++)
            Assert.Null(_breaks.Take(_ann.Id, $"skipped {i}", mix, null).Due);

        // It is heard, and interrupted now and then: by no advert.
        Assert.Null(_breaks.Take(_ann.Id, "mix", mix, null).Due);
        for (var i = 0; i < 10; i++)
        {
            Assert.Null(_breaks.Take(_ann.Id, "mix", mix, null).Due);
            _time.Advance(mix / 11);
        }

        var due = Ask("after").Due!;
        _time.Advance(AdvertLength);
        Assert.Null(_breaks.Take(_ann.Id, "another mix", mix, Heard(due)).Due);
        Assert.Null(Ask("next").Due);
        _time.Advance(mix);
        Assert.NotNull(Ask("behind").Due);
    }

    [Fact]
    public async Task Take_ManyCallsThatSayThatItIsOver_CountAsOneAfterTheOther()
    {
        Advertise(1, "Soap");
        var due = UntilDue();
        _time.Advance(AdvertLength);

        var turns = await Task.WhenAll(
            Enumerable.Range(0, 60).Select(i => Task.Run(() => Ask($"track {i}", Heard(due)))));

        Assert.Equal(AdvertBreaks.MostOpened * Every / Length, turns.Count(static turn => turn.Due is null));
        Assert.Equal(1, HeardOf("Soap"));
    }

    [Fact]
    public void Take_CallThatSaysThatItIsOverBehindAnother_CountsWithWhatThatBegan()
    {
        Advertise(1, "Soap");
        var due = UntilDue();
        _time.Advance(AdvertLength);
        var most = AdvertBreaks.MostOpened * Every / Length;
        var hooked = new HookedDatabase(_database);

        // It has seen that an advert is due, and waits for its turn while another says that it is over, and gathers keys.
        hooked.BeforeWrite = () =>
        {
            for (var i = 1; i < most; i++)
                Assert.Null(Ask($"track {i}", Heard(due)).Due);
        };
        Assert.Null(new AdvertBreaks(hooked, Every, _time).Take(_ann.Id, "late", Length, Heard(due)).Due);

        Assert.NotNull(Ask("one too many", Heard(due)).Due);
        Assert.Equal(1, HeardOf("Soap"));
    }

    [Fact]
    public void Take_AdvertOfACampaignThatIsOver_PlaysOnWhileItIsOnItsWayAndIsAnotherLater()
    {
        Advertise(1, "Soap", ends: _time.GetUtcNow().AddHours(1));
        var due = UntilDue();
        Advertise(2, "Tea");
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(due.Impression, Ask("next").Due!.Impression);

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("Tea", Ask("next", Heard(due)).Due!.Campaign);
        Assert.Equal(0, HeardOf("Soap"));
    }

    [Fact]
    public void Take_CountryAndDays_AreThoseOfTheAdvert()
    {
        var today = _time.GetUtcNow();
        Advertise(1, "Sweden", countries: ["SE"]);
        Advertise(2, "Past", ends: today);
        Advertise(3, "Coming", begins: today.AddDays(1));
        var carl = TestAccounts.In(_database).Add("carl", "correct horse", AccountRoles.Listener);

        Assert.Equal(AdvertTurn.None, Ask("track", who: _bob));
        Assert.Equal(AdvertTurn.None, Ask("track", who: carl));
        for (var i = 0; i < 3; i++)
            Assert.Equal("Sweden", UntilDueAndHeard().Campaign);

        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal("Coming", UntilDue(who: _bob).Campaign);
    }

    [Fact]
    public void Take_SeveralAdverts_NeverTheSameTwiceInARowAndByWeight()
    {
        Advertise(1, "Often", weight: 9);
        Advertise(2, "Seldom");
        Advertise(3, "Rare");

        List<string> heard = [.. Enumerable.Range(0, 120).Select(_ => UntilDueAndHeard().Campaign)];

        Assert.DoesNotContain(heard.Zip(heard.Skip(1)), static pair => pair.First == pair.Second);
        Assert.Equal(["Often", "Rare", "Seldom"], heard.Distinct().Order());
        Assert.InRange(heard.Count(static one => one == "Often"), 45, 60);
        Assert.Equal(120, _adverts.List().Sum(static advert => advert.Heard));
    }

    [Fact]
    public void Take_AdvertThatWasTakenOut_IsDueNoMore()
    {
        Advertise(1, "Soap");
        var due = UntilDue();
        Advertise(2, "Tea");

        Assert.Equal(1, _adverts.Remove("Soap"));
        _time.Advance(AdvertLength);
        Assert.Equal("Tea", Ask("next", Heard(due)).Due!.Campaign);
        Assert.Equal(1, _adverts.Remove(TestTracks.TrackOf(2).ToString()));
        Assert.Equal(AdvertTurn.None, Ask("next"));
    }

    [Fact]
    public void Take_WhereNeverIsSet_GivesKeys()
    {
        Advertise(1, "Soap");
        var never = new AdvertBreaks(_database, TimeSpan.Zero, _time);

        for (var i = 0; i < 100; i++)
            Assert.Equal(AdvertTurn.None, never.Take(_ann.Id, $"track {i}", Length, null));
    }

    public void Dispose()
    {
        _database.Dispose();
        _store.Dispose();
    }

    private static AdvertEnding Heard(AdvertBreak due) => new(due.Impression, IsFailed: false);

    private void Restart()
    {
        _database.Dispose();
        _database = _store.Open();
        _breaks = new AdvertBreaks(_database, Every, _time);
        _adverts = new AdvertStore(_database, _time);
    }

    private AdvertTurn Ask(string track, AdvertEnding? end = null, Account? who = null) =>
        _breaks.Take((who ?? _ann).Id, track, Length, end);

    // A track is opened and heard.
    private AdvertTurn Listen(AdvertEnding? end = null, Account? who = null)
    {
        var turn = Ask($"heard {_track++}", end, who);
        if (turn.Due is null)
            _time.Advance(Length);

        return turn;
    }

    private AdvertBreak UntilDue(AdvertEnding? end = null, Account? who = null)
    {
        while (true)
        {
            if (Listen(end, who).Due is { } due)
                return due;
        }
    }

    private AdvertBreak UntilDueAndHeard()
    {
        var due = UntilDue();
        _time.Advance(AdvertLength);
        Assert.Null(Listen(Heard(due)).Due);
        return due;
    }

    private long HeardOf(string campaign) =>
        _adverts.List().Where(advert => advert.Campaign == campaign).Sum(static advert => advert.Heard);

    private void Advertise(
        int seed, string campaign, string[]? countries = null, DateTimeOffset? begins = null, DateTimeOffset? ends = null,
        int weight = 1)
    {
        var sound = NewTrackReader.Read(TestTracks.Request(seed, $"{campaign} {seed}", bits: 96_000));
        _adverts.Put(sound, new Advert
        {
            Title = $"{campaign} {seed}",
            Campaign = campaign,
            Countries = countries ?? [],
            Begins = begins ?? DateTimeOffset.UnixEpoch,
            Ends = ends ?? DateTimeOffset.MaxValue.AddDays(-1),
            Weight = weight,
        });
    }
}

public sealed class SqliteAdvertBreaksTests() : AdvertBreaksTests(new SqliteStore());

public sealed class PostgresAdvertBreaksTests() : AdvertBreaksTests(new PostgresStore());
