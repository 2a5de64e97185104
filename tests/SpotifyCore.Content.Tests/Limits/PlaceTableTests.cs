using SpotifyCore.Content.Limits;

namespace SpotifyCore.Content.Tests.Limits;

/// <summary>Who has to give a place up, as a table, and against a count by hand for random sequences.</summary>
public sealed class PlaceTableTests
{
    private readonly PlaceTable<int, string> _table = new();

    [Fact]
    public void FirstToGo_Empty_IsNone() => Assert.Null(_table.FirstToGo(1));

    [Fact]
    public void FirstToGo_OneHoldsMost_IsItsOldestThatHasShownLeast()
    {
        Add(1, "a", shown: 1);
        Add(1, "b");
        Add(1, "c");
        Add(2, "d");
        Add(2, "e");

        Assert.Equal("b", _table.FirstToGo(3));
        _table.Show("b", 1);
        Assert.Equal("c", _table.FirstToGo(3));
        _table.Show("c", 1);
        Assert.Equal("a", _table.FirstToGo(3));
    }

    [Fact]
    public void FirstToGo_TwoHoldAsMany_IsOfTheOneThatHasShownLess()
    {
        Add(1, "a", shown: 1);
        Add(1, "b", shown: 2);
        Add(2, "c");
        Add(2, "d", shown: 2);

        Assert.Equal("c", _table.FirstToGo(3));
        _table.Show("c", 1);
        Assert.Equal("a", _table.FirstToGo(3));
    }

    [Fact]
    public void FirstToGo_NewcomerHoldsAsManyAsAny_IsItsOwn()
    {
        Add(1, "a");
        Add(1, "b");
        Add(2, "c");
        Add(2, "d");

        Assert.Equal("c", _table.FirstToGo(2));
        _table.Remove("c");
        Assert.Equal("a", _table.FirstToGo(2));
    }

    [Fact]
    public void FirstToGo_SettledItem_GoesOnlyWhereItsHolderKeepsMore()
    {
        Add(1, "a", shown: 1);
        Add(2, "b", shown: 1);
        Assert.Null(_table.FirstToGo(3, settled: 1));
        Assert.Equal("a", _table.FirstToGo(3, settled: 2));

        Add(2, "c", shown: 1);
        Assert.Equal("b", _table.FirstToGo(3, settled: 1));
        Assert.Null(_table.FirstToGo(1, settled: 1));
        Add(4, "d");
        Add(4, "e", shown: 1);
        Assert.Equal("d", _table.FirstToGo(1, settled: 1));
    }

    [Fact]
    public void LastToGo_SomeHoldMore_IsTheOldestOfTheOneWithTheFewest()
    {
        Assert.Null(_table.LastToGo());
        Add(1, "a");
        Add(1, "b");
        Add(1, "c");
        Add(2, "d");
        Add(2, "e");

        Assert.Equal("d", _table.LastToGo());
        _table.Remove("a");
        _table.Remove("b");
        Assert.Equal("c", _table.LastToGo());
    }

    [Fact]
    public void LastToGo_OfThoseThatHaveShownLittle_CountsAllThatTheyHold()
    {
        Add(1, "a");
        Add(1, "b");
        Add(2, "c", shown: 1);
        Add(2, "d", shown: 1);
        Add(2, "e");
        Add(3, "f", shown: 1);

        Assert.Equal("f", _table.LastToGo());
        Assert.Equal("a", _table.LastToGo(shown: 0));
        _table.Remove("a");
        _table.Remove("b");
        Assert.Equal("e", _table.LastToGo(shown: 0));
        _table.Remove("e");
        Assert.Null(_table.LastToGo(shown: 0));
    }

    [Fact]
    public void Remove_NotThere_IsFalse()
    {
        Add(1, "a");

        Assert.True(_table.Remove("a"));
        Assert.False(_table.Remove("a"));
        _table.Show("a", 1);
        Assert.Equal((0, 0, 0), (_table.Count, _table.Holders, _table.CountOf(1)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void AnySequence_CountsAddUpAndNobodyLosesAPlaceToWhoHoldsMore(int seed)
    {
        const int Places = 60;
        var random = new Random(seed);
        var held = new List<(int Holder, string Item, int Shown)>();
        for (var i = 0; i < 5_000; i++)
        {
            // Low numbers come far more often.
            var holder = (int)(8 * random.NextDouble() * random.NextDouble());
            if (held.Count > 0 && random.Next(3) == 0)
                Change(held, random);
            else
                Arrive(held, holder, $"{i}", Places);

            Assert.Equal(held.Count, _table.Count);
            Assert.Equal(held.Select(static item => item.Holder).Distinct().Count(), _table.Holders);
            for (var other = 0; other < 8; other++)
                Assert.Equal(CountOf(held, other), _table.CountOf(other));
        }
    }

    private void Arrive(List<(int Holder, string Item, int Shown)> held, int holder, string item, int places)
    {
        if (held.Count == places)
        {
            var gone = held.Single(other => other.Item == _table.FirstToGo(holder));
            var most = Enumerable.Range(0, 8).Max(other => CountOf(held, other));
            Assert.Equal(most, CountOf(held, gone.Holder));
            Assert.True(gone.Holder == holder || CountOf(held, holder) < most);
            Assert.Equal(held.Where(other => other.Holder == gone.Holder).Min(static other => other.Shown), gone.Shown);
            held.Remove(gone);
            Assert.True(_table.Remove(gone.Item));
        }

        held.Add((holder, item, 0));
        _table.Add(holder, item);
    }

    private void Change(List<(int Holder, string Item, int Shown)> held, Random random)
    {
        var place = random.Next(held.Count);
        var (holder, item, shown) = held[place];
        held.RemoveAt(place);
        if (random.Next(2) == 0)
        {
            Assert.True(_table.Remove(item));
            return;
        }

        held.Add((holder, item, shown + 1));
        _table.Show(item, shown + 1);
    }

    private static int CountOf(List<(int Holder, string Item, int Shown)> held, int holder) =>
        held.Count(item => item.Holder == holder);

    private void Add(int holder, string item, int shown = 0) => _table.Add(holder, item, shown);
}
