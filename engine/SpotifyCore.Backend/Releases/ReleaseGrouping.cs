namespace SpotifyCore.Backend.Releases;

/// <summary>
/// Tells releases of the same title and artists apart: where different sounds would stand at one place they are of
/// different years, artists or folders. The same members give the same groups, in whatever order they come.
/// </summary>
internal static class ReleaseGrouping
{
    /// <summary>The releases of those that have one key (<see cref="ReleaseTags.Key"/>).</summary>
    public static IReadOnlyList<IReadOnlyList<ReleaseMember>> Split(string key, IReadOnlyList<ReleaseMember> members)
    {
        if (ReleaseTags.IsTold(key))
            return [members];

        var releases = new List<List<ReleaseMember>>();
        var folders = members.GroupBy(static member => member.Folder)
            .OrderBy(static all => all.Key, StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            // What was told apart in one folder stays so.
            var before = releases.ToArray();
            foreach (var part in SplitFolder([.. folder]))
            {
                if (Array.Find(before, release => AreOne(release, part)) is { } joined)
                    joined.AddRange(part);
                else
                    releases.Add(part);
            }
        }

        return releases;
    }

    private static IEnumerable<List<ReleaseMember>> SplitFolder(List<ReleaseMember> folder)
    {
        var years = Collide(folder, static member => member.Year, static year => year == 0)
            ? SplitYears(folder)
            : [folder];
        return years.SelectMany(static year => Collide(year, ArtistOf, static artist => artist.Length == 0)
            ? SplitArtists(year)
            : [year]);
    }

    // Where one has a single track it is a sampler, whose numbers are wrong.
    private static IEnumerable<List<ReleaseMember>> SplitArtists(List<ReleaseMember> folder)
    {
        var artists = folder.GroupBy(ArtistOf)
            .OrderBy(static all => all.Key, StringComparer.Ordinal)
            .Select(static all => all.ToList()).ToList();
        return artists.TrueForAll(static all => all.Count > 1) ? artists : [folder];
    }

    // Those without a year go with the first, unless their places are taken there.
    private static IEnumerable<List<ReleaseMember>> SplitYears(List<ReleaseMember> folder)
    {
        var years = folder.GroupBy(static member => member.Year)
            .OrderBy(static all => all.Key)
            .Select(static all => all.ToList()).ToList();
        if (years[0][0].Year == 0 && !Meet(years[0], years[1]))
        {
            years[1].AddRange(years[0]);
            years.RemoveAt(0);
        }

        return years;
    }

    private static string ArtistOf(ReleaseMember member) => CreditedNames.Fold(CreditedNames.First(member.Artist));

    private static bool Collide<T>(
        IEnumerable<ReleaseMember> members, Func<ReleaseMember, T> property, Func<T, bool> isUnknown)
        where T : IEquatable<T>
    {
        foreach (var slot in members.Where(static member => member.Slot is not null).GroupBy(static member => member.Slot))
        {
            var sounds = slot.Select(member => (member.Recording, Value: property(member)))
                .Where(sound => !isUnknown(sound.Value)).Distinct().ToArray();
            if (Array.Exists(sounds, one => Array.Exists(
                sounds, other => other.Recording != one.Recording && !other.Value.Equals(one.Value))))
                return true;
        }

        return false;
    }

    private static bool AreOne(List<ReleaseMember> release, List<ReleaseMember> part)
    {
        var years = YearsOf(release);
        var others = YearsOf(part);
        return (years.Count == 0 || others.Count == 0 || years.Overlaps(others)) && !Meet(release, part);
    }

    private static HashSet<int> YearsOf(List<ReleaseMember> members) =>
        [.. members.Select(static member => member.Year).Where(static year => year > 0)];

    // Whether both have a sound at one place, and not the same.
    private static bool Meet(List<ReleaseMember> one, List<ReleaseMember> other)
    {
        var places = one.Where(static member => member.Slot is not null)
            .ToLookup(static member => member.Slot, static member => member.Recording);
        return other.Exists(member => member.Slot is not null && places[member.Slot] is var there
            && there.Any() && !there.Contains(member.Recording));
    }
}
