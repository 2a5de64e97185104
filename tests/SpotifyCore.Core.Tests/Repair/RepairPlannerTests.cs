using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Placement;
using SpotifyCore.Core.Repair;

namespace SpotifyCore.Core.Tests.Repair;

public sealed class RepairPlannerTests
{
    private const long MiB = 1 << 20;
    private static readonly PeerId Self = new(1);
    private static readonly PeerId Other = new(2);
    private static readonly PeerId Third = new(3);
    private static readonly RendezvousPlacement Placement = new([Self, Other, Third]);

    private readonly RepairPlannerOptions _options = new() { FetchBytesPerSecond = MiB };

    // Files are told apart by their first 16 bits, which also say who owns them.
    private static readonly FileId[] Owned = [.. Files().Where(static file => Placement.IsOwner(file, Self)).Take(8)];
    private static readonly FileId Foreign = Files().First(static file => !Placement.IsOwner(file, Self));

    [Fact]
    public void MemberUp_ListsFromTheFirstFileOn()
    {
        var planner = Create();

        planner.MemberUp(Other);

        Assert.Equal([List(Other, default)], Plan(planner, 0));
        Assert.Empty(Plan(planner, 0));
    }

    [Fact]
    public void Listed_WithMore_AsksForTheNextPageAndThenNoMore()
    {
        var planner = Create();
        planner.MemberUp(Other);
        Plan(planner, 0);

        planner.Listed(Other, [Foreign], [false], hasMore: true);
        Assert.Equal([List(Other, Foreign)], Plan(planner, 0));

        planner.Listed(Other, [], [], hasMore: false);
        Assert.Empty(Plan(planner, 0));
    }

    [Fact]
    public void Listed_FetchesWhatIsOwnedAndNotHeldOnce()
    {
        var planner = Create();
        planner.MemberUp(Other);
        planner.MemberUp(Third);
        Plan(planner, 0);

        planner.Listed(Other, [Owned[0], Owned[1], Foreign], [false, true, false], hasMore: false);
        planner.Listed(Third, [Owned[0]], [false], hasMore: false);

        Assert.Equal([Fetch(Other, Owned[0])], Plan(planner, 0));
        Assert.Equal(1, planner.Lacking);
    }

    [Fact]
    public void Damaged_GoesBeforeWhatIsLacking()
    {
        _options.MaxFetches = 1;
        var planner = Create();
        Lack(planner, Owned[0]);
        planner.Damaged(Owned[1]);
        planner.Damaged(Foreign);

        Assert.Equal([Fetch(null, Owned[1])], Plan(planner, 0));
    }

    [Fact]
    public void Fetched_PacesTheNextByItsBytes()
    {
        _options.MaxFetches = 1;
        var planner = Create();
        Lack(planner, Owned[0], Owned[1]);
        Plan(planner, 10);

        planner.Fetched(Owned[0], 3 * MiB, FetchOutcome.Whole, At(11));

        Assert.Empty(Plan(planner, 12));
        Assert.Equal(At(13), planner.NextWake);
        Assert.Equal([Fetch(Other, Owned[1])], Plan(planner, 13));
    }

    [Fact]
    public void Plan_AtMostSoManyFetchesAtOnce()
    {
        _options.FetchBytesPerSecond = 0;
        var planner = Create();
        Lack(planner, Owned[..3]);

        Assert.Equal(2, Plan(planner, 0).Count);

        planner.Fetched(Owned[0], MiB, FetchOutcome.Whole, At(1));
        Assert.Equal([Fetch(Other, Owned[2])], Plan(planner, 1));
    }

    [Fact]
    public void Fetched_Failed_ListsAgainAfterGrowingWaits()
    {
        var planner = Create();
        Lack(planner, Owned[0]);
        Plan(planner, 0);

        planner.Fetched(Owned[0], 0, FetchOutcome.Missing, At(1));
        Assert.Empty(Plan(planner, 30));
        Assert.Equal([List(Other, default)], Plan(planner, 31));

        planner.Listed(Other, [Owned[0]], [false], hasMore: false);
        Assert.Equal([Fetch(Other, Owned[0])], Plan(planner, 31));
        planner.Fetched(Owned[0], 0, FetchOutcome.Missing, At(32));
        Assert.Equal(At(92), planner.NextWake);
    }

    [Fact]
    public void Fetched_NotWritten_NothingIsFetchedBeforeTheNextTry()
    {
        _options.FetchBytesPerSecond = 0;
        _options.MaxFetches = 1;
        var planner = Create();
        Lack(planner, Owned[0], Owned[1]);
        Plan(planner, 0);

        planner.Fetched(Owned[0], 0, FetchOutcome.NotWritten, At(1));

        Assert.Empty(Plan(planner, 30));
        Assert.Contains(Fetch(Other, Owned[1]), Plan(planner, 31));
    }

    [Fact]
    public void MemberDown_IsNotAskedUntilItIsUpAgain()
    {
        var planner = Create();
        planner.MemberUp(Other);
        planner.MemberDown(Other);
        Assert.Empty(Plan(planner, 0));

        planner.MemberUp(Other);
        Assert.Equal([List(Other, default)], Plan(planner, 0));

        planner.ListFailed(Other, mayAnswer: false, At(0));
        Assert.Empty(Plan(planner, 100));
    }

    [Fact]
    public void ListFailed_MayAnswer_IsAskedAgainAfterGrowingWaits()
    {
        var planner = Create();
        planner.MemberUp(Other);
        Plan(planner, 0);

        planner.ListFailed(Other, mayAnswer: true, At(1));
        Assert.Empty(Plan(planner, 30));
        Assert.Equal(At(31), planner.NextWake);
        Assert.Equal([List(Other, default)], Plan(planner, 31));

        planner.ListFailed(Other, mayAnswer: true, At(32));
        Assert.Equal(At(92), planner.NextWake);
    }

    [Fact]
    public void ListFailed_AfterItIsUpAnew_IsAskedAtOnce()
    {
        var planner = Create();
        planner.MemberUp(Other);
        Plan(planner, 0);

        planner.MemberDown(Other);
        planner.MemberUp(Other);
        planner.ListFailed(Other, mayAnswer: false, At(1));

        Assert.Equal([List(Other, default)], Plan(planner, 1));
    }

    [Fact]
    public void MemberUp_WhileAPageIsOnItsWay_BeginsAnewAfterIt()
    {
        var planner = Create();
        planner.MemberUp(Other);
        Plan(planner, 0);

        planner.MemberUp(Other);
        planner.Listed(Other, [Foreign], [false], hasMore: true);

        Assert.Equal([List(Other, default)], Plan(planner, 0));
    }

    [Fact]
    public void Listed_MoreThanIsWaitedWith_AsksForNoFurtherPage()
    {
        var planner = Create();
        planner.MemberUp(Other);
        Plan(planner, 0);
        FileId[] many = [.. Enumerable.Range(1, RepairPlanner.MostWaiting)
            .Select(static low => new FileId(new Id128(Owned[0].Bits.High, (ulong)low)))];

        planner.Listed(Other, many, new bool[many.Length], hasMore: true);

        Assert.All(Plan(planner, 0), static action => Assert.Equal(RepairActionKind.Fetch, action.Kind));
        planner.Fetched(many[0], 1, FetchOutcome.Whole, At(0));
        planner.Fetched(many[1], 1, FetchOutcome.Whole, At(0));
        Assert.Contains(List(Other, many[^1]), Plan(planner, 1));
    }

    [Fact]
    public void Scrub_GoesThroughAllFilesAtItsRateAndRests()
    {
        _options.ScrubBytesPerSecond = MiB;
        _options.ScrubEvery = TimeSpan.FromSeconds(100);
        var planner = Create(scrubAfter: Owned[3]);
        Assert.Equal([Scrub(Owned[3])], Plan(planner, 0));
        Assert.Equal(Instant.Never, planner.NextWake);

        planner.Scrubbed(Owned[4], 5 * MiB, At(1));
        Assert.Equal(At(5), planner.NextWake);
        Assert.Equal([Scrub(Owned[4])], Plan(planner, 5));

        planner.Scrubbed(null, 0, At(6));
        Assert.Empty(Plan(planner, 99));
        Assert.Equal([Scrub(default)], Plan(planner, 100));
    }

    [Fact]
    public void Scrub_EndOfARound_ListsTheOthersAgain()
    {
        _options.ScrubBytesPerSecond = MiB;
        var planner = Create();
        planner.MemberUp(Other);
        Plan(planner, 0);
        planner.Listed(Other, [], [], hasMore: false);

        planner.Scrubbed(null, 0, At(6));

        Assert.Equal([List(Other, default)], Plan(planner, 6));
    }

    [Fact]
    public void Lost_ListsTheOthersAgainAtOnceAndThenAfterTheFirstWait()
    {
        var planner = Listed();
        planner.Lost(At(10));
        Assert.Equal([List(Other, default)], Plan(planner, 10));
        planner.Listed(Other, [Owned[0]], [false], hasMore: false);
        Assert.Equal([Fetch(Other, Owned[0])], Plan(planner, 10));

        planner.Lost(At(11));
        Assert.Empty(Plan(planner, 39));
        Assert.Equal([List(Other, default)], Plan(planner, 40));
    }

    [Fact]
    public void Absent_OwnedFile_ListsTheOthersAgainAfterWaitsThatGrowWhileNothingIsLacking()
    {
        var planner = Listed();
        planner.Absent(Foreign, At(10));
        Assert.Equal(Instant.Never, planner.NextWake);

        planner.Absent(Owned[0], At(10));
        Assert.Equal([List(Other, default)], Plan(planner, 10));
        planner.Listed(Other, [Owned[1]], [true], hasMore: false);

        planner.Absent(Owned[0], At(11));
        planner.Absent(Owned[1], At(12));
        Assert.Empty(Plan(planner, 69));
        Assert.Equal([List(Other, default)], Plan(planner, 70));
        planner.Listed(Other, [Owned[1]], [true], hasMore: false);

        planner.Absent(Owned[0], At(71));
        Assert.Empty(Plan(planner, 189));
        Assert.Equal([List(Other, default)], Plan(planner, 190));
        planner.Listed(Other, [Owned[2]], [false], hasMore: false);
        Plan(planner, 190);

        planner.Absent(Owned[0], At(191));
        Assert.Empty(Plan(planner, 219));
        Assert.Equal([List(Other, default)], Plan(planner, 220));
    }

    [Fact]
    public void Absent_FileThatIsBeingFetched_AsksForNothing()
    {
        var planner = Create();
        Lack(planner, Owned[0]);
        Plan(planner, 0);

        planner.Absent(Owned[0], At(1));

        Assert.Empty(Plan(planner, 2));
    }

    [Fact]
    public void ListFailed_AmongThePages_GoesOnThereAndRoundToThere()
    {
        var planner = Create();
        planner.MemberUp(Other);
        Plan(planner, 0);
        planner.Listed(Other, [Owned[2]], [true], hasMore: true);
        Assert.Equal([List(Other, Owned[2])], Plan(planner, 0));

        planner.ListFailed(Other, mayAnswer: true, At(1));
        Assert.Empty(Plan(planner, 30));
        Assert.Equal([List(Other, Owned[2])], Plan(planner, 31));
        planner.Listed(Other, [Owned[5]], [true], hasMore: false);
        Assert.Equal([List(Other, default)], Plan(planner, 31));
        planner.Listed(Other, [Owned[1]], [true], hasMore: true);
        Assert.Equal([List(Other, Owned[1])], Plan(planner, 31));
        planner.Listed(Other, [Owned[3]], [true], hasMore: true);
        Assert.Empty(Plan(planner, 31));
    }

    [Fact]
    public void MemberUp_AgainAndAgain_GetsThroughAllPages()
    {
        var planner = Create();
        var pages = 0;
        for (var last = default(FileId); last != Owned[7]; pages++)
        {
            planner.MemberUp(Other);
            var asked = Assert.Single(Plan(planner, 0));
            last = Owned.First(file => file.CompareTo(asked.File) > 0);
            planner.Listed(Other, [last], [true], hasMore: true);
            planner.MemberDown(Other);
        }

        Assert.Equal(Owned.Length, pages);
    }

    [Fact]
    public void NextWake_NothingToDo_IsNever() => Assert.Equal(Instant.Never, Create().NextWake);

    private static IEnumerable<FileId> Files() =>
        Enumerable.Range(1, 1_000).Select(static part => new FileId(new Id128((ulong)part << 48, 7)));

    private static Instant At(int seconds) => new(seconds * TimeSpan.TicksPerSecond);

    private static RepairAction List(PeerId member, FileId after) => new(RepairActionKind.List, member, after);

    private static RepairAction Fetch(PeerId? member, FileId file) => new(RepairActionKind.Fetch, member, file);

    private static RepairAction Scrub(FileId after) => new(RepairActionKind.Scrub, null, after);

    private static List<RepairAction> Plan(RepairPlanner planner, int seconds)
    {
        var actions = new List<RepairAction>();
        planner.Plan(At(seconds), actions);
        return actions;
    }

    private RepairPlanner Listed()
    {
        var planner = Create();
        planner.MemberUp(Other);
        Plan(planner, 0);
        planner.Listed(Other, [], [], hasMore: false);
        return planner;
    }

    private static void Lack(RepairPlanner planner, params FileId[] files)
    {
        planner.MemberUp(Other);
        planner.Plan(At(0), []);
        planner.Listed(Other, files, new bool[files.Length], hasMore: false);
    }

    private RepairPlanner Create(FileId scrubAfter = default) => new(Placement, Self, _options, scrubAfter);
}
