namespace SpotifyCore.Backend.Releases;

/// <summary>What a release is called.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Artists">Whose it is.</param>
internal sealed record ReleaseName(string Title, IReadOnlyList<string> Artists)
{
    /// <summary>
    /// As its first track calls it. Where no source says whose it is, it is that of the artist of all its tracks,
    /// whoever else is heard on them, or of various artists.
    /// </summary>
    /// <param name="members">At least one.</param>
    public static ReleaseName Of(IEnumerable<ReleaseMember> members)
    {
        ReleaseMember[] ordered =
        [
            .. members.OrderBy(static member => Math.Max(member.Disc, 1))
                .ThenBy(static member => member.Number)
                .ThenBy(static member => member.Name, StringComparer.Ordinal)
                .ThenBy(static member => member.Title, StringComparer.Ordinal),
        ];
        return new ReleaseName(
            ordered[0].Title,
            Array.Find(ordered, static member => member.AlbumArtists.Count > 0)?.AlbumArtists ?? ArtistsOf(ordered));
    }

    private static IReadOnlyList<string> ArtistsOf(ReleaseMember[] members)
    {
        var names = members.Select(static member => CreditedNames.First(member.Artist).Trim())
            .DistinctBy(CreditedNames.Fold).ToArray();
        return names switch
        {
            [""] => [],
            [var one] => [one],
            _ => [CreditedNames.VariousArtists],
        };
    }
}
