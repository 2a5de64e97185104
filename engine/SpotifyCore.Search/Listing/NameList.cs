using System.Text;
using SpotifyCore.Content.Names;
using SpotifyCore.Search.Indexing;
using SpotifyCore.Search.Ranking;
using SpotifyCore.Search.Segments;

namespace SpotifyCore.Search.Listing;

/// <summary>
/// The names of some segments in the order of their letters: the terms that are names stand in that order. A name with
/// signs has two, and is listed by the one without.
/// </summary>
/// <param name="segments">They stay as they are meanwhile.</param>
/// <param name="names">What is listed.</param>
internal sealed class NameList(IReadOnlyList<LiveSegment> segments, ListedNames names)
{
    // Of one name so many entries, the most popular, are looked at in a segment.
    private const int MaxOfName = 20_000;

    // Keys have no spaces.
    private const char Separator = ' ';

    private readonly char _mark = names switch
    {
        ListedNames.Artists => Marks.ArtistKey,
        ListedNames.Releases => Marks.AlbumKey,
        _ => Marks.TitleKey,
    };

    /// <summary>A page.</summary>
    /// <param name="beginning">With which the names begin; empty for all.</param>
    /// <param name="after">Where the page before ended; empty for the first.</param>
    /// <param name="limit">Most names.</param>
    public ListedPage Read(string beginning, string after, int limit)
    {
        var (afterKey, afterId) = after.Split(Separator, 2) is [var whole, var id] ? (whole, id) : (after, "");
        var front = Term(BareOf(beginning));
        var start = afterKey.Length > 0 && Term(afterKey) is var from && front.AsSpan().SequenceCompareTo(from) < 0
            ? from
            : front;
        var at = segments.Select(one => one.Segment.FirstFrom(start)).ToArray();
        var found = new List<ListedName>();
        while (found.Count <= limit && Least(at) is { } term && term.AsSpan().StartsWith(front))
        {
            var key = Encoding.UTF8.GetString(term.AsSpan(1));
            found.AddRange(TakeNames(term, key, at)
                .Where(name => key != afterKey || string.CompareOrdinal(name.Id, afterId) > 0));
        }

        if (found.Count <= limit)
            return new ListedPage(found, "");

        var last = found[limit - 1];
        return new ListedPage(found[..limit], last.Id.Length == 0 ? last.Key : $"{last.Key}{Separator}{last.Id}");
    }

    private byte[] Term(string key) => Encoding.UTF8.GetBytes(_mark + key);

    // The first of the terms at which the segments are.
    private byte[]? Least(int[] at)
    {
        var least = ReadOnlySpan<byte>.Empty;
        for (var i = 0; i < at.Length; i++)
        {
            var segment = segments[i].Segment;
            if (at[i] < segment.Terms && (least.IsEmpty || segment.Term(at[i]).SequenceCompareTo(least) < 0))
                least = segment.Term(at[i]);
        }

        return least.IsEmpty ? null : least.ToArray();
    }

    // What is called so, by its ids, and behind it all segments.
    private IEnumerable<ListedName> TakeNames(ReadOnlySpan<byte> term, string key, int[] at)
    {
        var isListed = BareOf(key) == key;
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < at.Length; i++)
        {
            var segment = segments[i].Segment;
            if (at[i] == segment.Terms || !segment.Term(at[i]).SequenceEqual(term))
                continue;

            if (isListed)
                AddNames(segments[i], at[i], key, entries);

            at[i]++;
        }

        return entries.Select(one => new ListedName(key, one.Key, one.Value));
    }

    private void AddNames(LiveSegment source, int term, string key, SortedDictionary<string, string> entries)
    {
        var segment = source.Segment;
        var signed = new Dictionary<int, string?>();
        var having = segment.EntriesOf(new TermRange(term, term + 1, HasWhole: true));
        foreach (var entry in having[..Math.Min(having.Length, MaxOfName)])
        {
            if (EntryBits.Has(source.Gone, entry))
                continue;

            var id = names switch
            {
                ListedNames.Artists => SignedOf(segment, entry, key, signed),
                ListedNames.Releases => ReleaseOf(segment, entry),
                _ => segment.IdOf(entry),
            };
            if (id is not null && !entries.ContainsKey(id))
                entries.Add(id, segment.IdOf(entry));
        }
    }

    // As an entry has an artist with signs: AC/DC and ACDC are listed beside each other.
    private static string SignedOf(Segment segment, int entry, string key, Dictionary<int, string?> known)
    {
        foreach (var artist in segment.TermsOf(entry).In(segment.Find([(byte)Marks.ArtistKey])))
        {
            if (!known.TryGetValue(artist, out var signed))
            {
                var name = Encoding.UTF8.GetString(segment.Term(artist)[1..]);
                known.Add(artist, signed = name != key && BareOf(name) == key ? name : null);
            }

            if (signed is not null)
                return signed;
        }

        return "";
    }

    private static string? ReleaseOf(Segment segment, int entry) =>
        segment.TermsOf(entry).In(segment.Find([(byte)Marks.Release])) is [var release, ..]
            ? Encoding.UTF8.GetString(segment.Term(release)[1..])
            : null;

    // By which a name is listed.
    private static string BareOf(string name) => NameTerms.Keys(name).LastOrDefault() ?? "";
}
