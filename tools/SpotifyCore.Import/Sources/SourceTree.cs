namespace SpotifyCore.Import.Sources;

/// <summary>
/// The sources below a folder, of which only what has changed is read again: to look at 100,000 files takes seconds. For
/// one caller at a time.
/// </summary>
/// <param name="folder">Its path.</param>
internal sealed class SourceTree(string folder)
{
    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
    private readonly List<string> _newFolders = [];
    private Dictionary<string, FolderListing> _listings = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>The folders that were not there when it was read before.</summary>
    public IReadOnlyList<string> NewFolders => _newFolders;

    /// <summary>Reads what has changed; what was never read, or could not be, has.</summary>
    /// <returns>All sources, in no order.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder is not there.</exception>
    public List<SourceFile> Read(ChangedPaths changed, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(_root))
            throw new DirectoryNotFoundException();

        var before = _listings;
        _listings = new Dictionary<string, FolderListing>(before.Count, StringComparer.Ordinal);
        _newFolders.Clear();
        var found = new List<SourceFile>(_count);
        Enter(new SourceFolder(_root, IsHidden: false), isChanged: false);
        _count = found.Count;
        return found;

        void Enter(SourceFolder entered, bool isChanged)
        {
            isChanged |= changed.Has(entered.Path);
            if (!before.TryGetValue(entered.Path, out var listing))
                _newFolders.Add(entered.Path);
            if (listing is null || listing.IsFailed || isChanged || changed.HasWithin(entered.Path))
                listing = SourceFinder.List(entered, _root, cancellationToken);

            _listings.Add(entered.Path, listing);
            found.AddRange(listing.Sources);
            foreach (var below in listing.Folders)
                Enter(below, isChanged);
        }
    }
}
