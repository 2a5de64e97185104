namespace SpotifyCore.SideBySide;

/// <summary>What a run was asked for.</summary>
/// <param name="Only">A comparison, or the front of the names of some; null for all.</param>
/// <param name="IsQuick">True for less than two minutes.</param>
/// <param name="Work">Directory for what is made on the way.</param>
internal sealed record SideBySideOptions(string? Only, bool IsQuick, string Work)
{
    /// <summary>Where the report goes, if anywhere.</summary>
    public string? Report { get; init; }

    /// <summary>The document whose tables are written anew, if any.</summary>
    public string? Results { get; init; }

    /// <summary>Where profiles of all sides go; null to profile none.</summary>
    public string? Profiles { get; init; }
}
