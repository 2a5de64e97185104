using System.Text.Json.Serialization;

namespace SpotifyCore.SideBySide.Results;

/// <summary>One line of the report: something of ours beside one reference. Its names are the report's.</summary>
internal sealed record Comparison
{
    /// <summary>What was measured.</summary>
    public required string Name { get; init; }

    /// <summary>The unit of both figures.</summary>
    public required string Unit { get; init; }

    /// <summary>The median of our runs.</summary>
    public required double Ours { get; init; }

    /// <summary>The median of the reference's runs.</summary>
    public required double Reference { get; init; }

    /// <summary>Which reference.</summary>
    public required string ReferenceName { get; init; }

    /// <summary>Ours by the reference's.</summary>
    public required double Ratio { get; init; }

    /// <summary>How far the middle half of the rounds' ratios lie apart, as a share of their median.</summary>
    public required double Spread { get; init; }

    /// <summary>Rounds that counted.</summary>
    public required int Runs { get; init; }

    /// <summary>The share of its core that the load generator needed to ask ours; 0 where none asks.</summary>
    [JsonIgnore]
    public double OurGeneratorShare { get; init; }

    /// <summary>The same for the reference.</summary>
    [JsonIgnore]
    public double ReferenceGeneratorShare { get; init; }

    /// <summary>What it is held against, if anything.</summary>
    public Budget? FindBudget() => Budgets.Find(new Pairing(Name, ReferenceName));

    /// <summary>True when it has a budget and is not even half as good.</summary>
    public bool BreaksBudget() => FindBudget() is { } budget && budget.IsBroken(Ratio);

    /// <summary>
    /// The names that break their budgets beside each reference that they have one for. A ratio to a single reference
    /// may be half as much on another machine, where its system calls are cheaper; not so easily those to all of them.
    /// </summary>
    public static IReadOnlySet<string> BrokenNames(IEnumerable<Comparison> comparisons) => comparisons
        .Where(static one => one.FindBudget() is not null)
        .GroupBy(static one => one.Name)
        .Where(static name => name.All(static one => one.BreaksBudget()))
        .Select(static name => name.Key)
        .ToHashSet();

    /// <summary>Compares two rows of figures, taken in turn: those at one place are of one round.</summary>
    public static Comparison Of(
        Measure measure, string reference, IReadOnlyList<double> ours, IReadOnlyList<double> theirs)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(theirs.Count, ours.Count, nameof(theirs));
        var (our, their) = (Statistics.Median(ours), Statistics.Median(theirs));
        return new Comparison
        {
            Name = measure.Name,
            Unit = measure.Unit,
            Ours = our,
            Reference = their,
            ReferenceName = reference,
            Ratio = our / their,
            Spread = Statistics.Spread([.. ours.Zip(theirs, static (one, other) => one / other)]),
            Runs = ours.Count,
        };
    }
}
