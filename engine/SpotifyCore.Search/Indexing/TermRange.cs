namespace SpotifyCore.Search.Indexing;

/// <summary>The terms of a segment that begin with something: as terms stand in order, they stand together.</summary>
/// <param name="From">The first of them.</param>
/// <param name="To">Behind the last.</param>
/// <param name="HasWhole">Whether the first is all of that with which they begin.</param>
internal readonly record struct TermRange(int From, int To, bool HasWhole)
{
    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => From == To;

    /// <summary>Of them, the one that goes no further.</summary>
    public TermRange Whole => new(From, HasWhole ? From + 1 : From, HasWhole);
}
