namespace SpotifyCore.SideBySide.Measuring;

/// <summary>Which comparisons are wanted: all, or those of some names, or whose names begin with one.</summary>
/// <param name="only">
/// Names, such as <c>serve-depth1-plain</c>, or fronts of some, such as <c>serve</c>; null for all.
/// </param>
internal sealed class NameFilter(IReadOnlyCollection<string>? only)
{
    /// <summary>True for a name that is wanted. The front of a name ends before a dash.</summary>
    public bool Takes(string name) => only is null
        || only.Any(front => name == front || name.StartsWith(front + '-', StringComparison.Ordinal));
}
