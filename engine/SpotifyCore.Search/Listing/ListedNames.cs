namespace SpotifyCore.Search.Listing;

/// <summary>What is listed in the order of its letters.</summary>
public enum ListedNames
{
    /// <summary>The artists; the artists of releases too.</summary>
    Artists,

    /// <summary>The releases, by their titles.</summary>
    Releases,

    /// <summary>The entries, by their titles.</summary>
    Titles,
}
