namespace SpotifyCore.Import.Sources;

/// <summary>Where something has changed below a folder: at some paths, or anywhere. For one caller at a time.</summary>
internal sealed class ChangedPaths
{
    // Where more has changed, it is as fast to look at all.
    private const int Most = 4_096;

    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);

    /// <summary>Anything may have changed.</summary>
    public static ChangedPaths Everywhere { get; } = new() { IsEverywhere = true };

    /// <summary>Whether anything may have changed.</summary>
    public bool IsEverywhere { get; private set; }

    /// <summary>Whether nothing has changed.</summary>
    public bool IsNowhere => !IsEverywhere && _paths.Count == 0;

    /// <summary>Something is, was, or is otherwise at a path.</summary>
    public void Add(string path)
    {
        if (IsEverywhere || !_paths.Add(path))
            return;

        _folders.Add(Path.GetDirectoryName(path) ?? path);
        if (_paths.Count > Most)
            AddEverywhere();
    }

    /// <summary>Anything may have changed.</summary>
    public void AddEverywhere()
    {
        IsEverywhere = true;
        _paths.Clear();
        _folders.Clear();
    }

    /// <summary>All that others are.</summary>
    public void Add(ChangedPaths others)
    {
        if (others.IsEverywhere)
            AddEverywhere();

        foreach (var path in others._paths)
            Add(path);
    }

    /// <summary>Whether a folder may be another one than it was, with all that is below it.</summary>
    public bool Has(string folder) => IsEverywhere || _paths.Contains(folder);

    /// <summary>Whether something in a folder, not further below, may have changed.</summary>
    public bool HasWithin(string folder) => IsEverywhere || _folders.Contains(folder);
}
