namespace SpotifyCore.SideBySide.Results;

/// <summary>What the ratio of ours to a reference has to be.</summary>
/// <param name="Limit">The ratio that just meets it.</param>
/// <param name="IsMost">True where less is better: the ratio may be at most so much. Else at least so much.</param>
internal readonly record struct Budget(double Limit, bool IsMost)
{
    public static Budget AtLeast(double limit) => new(limit, IsMost: false);

    public static Budget AtMost(double limit) => new(limit, IsMost: true);

    /// <summary>True when the ratio is as good as was promised.</summary>
    public bool IsMet(double ratio) => ShareOf(ratio) >= 1;

    /// <summary>True when it is not even half as good, or is no number.</summary>
    public bool IsBroken(double ratio) => !(ShareOf(ratio) >= 0.5);

    /// <inheritdoc/>
    public override string ToString() => $"{(IsMost ? "at most" : "at least")} {Limit}";

    private double ShareOf(double ratio) => IsMost ? Limit / ratio : ratio / Limit;
}
