namespace SpotifyCore.SideBySide.Measuring;

/// <summary>How long and how often is measured, and where.</summary>
/// <param name="IsQuick">True for a look that takes some two minutes.</param>
/// <param name="HasTwoCores">False where servers share their core with whoever asks them.</param>
/// <param name="Work">A directory for what is made on the way; whoever made it removes it.</param>
internal sealed record MeasuringPlan(bool IsQuick, bool HasTwoCores, string Work)
{
    /// <summary>The share of the machine that others may take while budgets decide.</summary>
    public const double MostForOthers = 0.15;

    private const double WholeSlice = 1;

    /// <summary>The share that others took.</summary>
    public double OthersShare { get; init; }

    /// <summary>True when a budget that is missed by more than half fails the run.</summary>
    public bool BudgetsDecide => IsQuick && HasTwoCores && OthersShare <= MostForOthers;

    /// <summary>Rounds that count.</summary>
    public int Rounds => IsQuick ? 5 : 11;

    /// <summary>How long one side works in a round, where it works by time.</summary>
    public TimeSpan Slice { get; private init; } = TimeSpan.FromSeconds(IsQuick ? 0.25 : WholeSlice);

    /// <summary>The same with whole slices, in another directory.</summary>
    public MeasuringPlan AtLength(string work) =>
        this with { Work = work, Slice = TimeSpan.FromSeconds(WholeSlice) };

    /// <summary>A path in the directory.</summary>
    public string PathOf(string name) => Path.Combine(Work, name);
}
