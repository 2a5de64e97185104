namespace SpotifyCore.Testing;

/// <summary>The checkout that the running tests were built from.</summary>
public static class Repository
{
    /// <summary>Its top folder: the one that holds the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(directory.FullName, "SpotifyCore.sln")))
            directory = directory.Parent ?? throw new DirectoryNotFoundException("No SpotifyCore.sln above the tests.");

        return directory.FullName;
    }
}
