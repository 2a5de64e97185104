using System.Buffers;
using System.Text;
using SpotifyCore.Search.Indexing;
using SpotifyCore.Search.Querying;
using SpotifyCore.Search.Segments;

namespace SpotifyCore.Search.Ranking;

/// <summary>
/// A query in a segment. Says how well an entry answers it: an artist, or artist and title, that is named exactly
/// before all else; then how often it is played, weighed with how exactly it is named. The weights are binary orders of
/// plays.
/// </summary>
internal sealed class RankedQuery
{
    private const double ArtistWithTitle = 80;
    private const double ExactArtist = 40;
    private const double ExactTitle = 14;
    private const double ExactAlbum = 10;
    private const double AsTyped = 4;
    private const double Beginning = 3;
    private const double WholeWords = 3;
    private const double InAlbumAlone = -6;
    private const double Edit = -20;

    private readonly TypedQuery _query;
    private readonly RankedName[] _names;
    private readonly TermRange[] _fields;
    private readonly RankedWord[] _words;

    /// <summary>Looks up what was typed.</summary>
    /// <param name="source">Where; it stays as it is meanwhile.</param>
    /// <param name="query">What was typed.</param>
    /// <param name="words">What an entry has to have; none when it is sought by its name.</param>
    public RankedQuery(LiveSegment source, TypedQuery query, IEnumerable<QueryWord> words)
    {
        (Source, _query) = (source, query);
        _names = [.. query.Keys.Select(key => new RankedName(Segment, key))];
        _fields = [.. query.FieldKeys.Select(one => Find(MarkOf(one.Field) + one.Key))];
        _words = [.. words.Select(word => new RankedWord(Segment, word))];
    }

    /// <summary>Where it is sought.</summary>
    public LiveSegment Source { get; }

    private Segment Segment => Source.Segment;

    /// <summary>What is selected of each segment by a query in it.</summary>
    public static (RankedQuery Query, IReadOnlyList<int> Entries)[] Select(
        IReadOnlyList<LiveSegment> segments, TypedQuery query, IReadOnlyList<QueryWord> words,
        Func<RankedQuery, IReadOnlyList<int>> select) =>
        [.. segments.Select(one => new RankedQuery(one, query, words)).Select(one => (one, select(one)))];

    /// <summary>The entries of which one of the names is just this, or begins with it, in order, so many at most.</summary>
    /// <param name="isWhole">Whether it is all of the name.</param>
    /// <param name="most">How many.</param>
    /// <param name="group">If given, by what they are grouped: other names don't count.</param>
    public IReadOnlyList<int> SelectNames(bool isWhole, int most, SearchGroup? group = null)
    {
        var rented = Rent(1);
        var set = rented[0].AsSpan(0, Length);
        set.Clear();
        foreach (var name in _names)
            name.Select(set, isWhole, group);

        return ListAndReturn(set, most, rented);
    }

    /// <summary>The entries in which all words occur, within years and genres, in order, so many at most.</summary>
    public IReadOnlyList<int> SelectWords(int most)
    {
        var rented = Rent(4);
        var set = rented[0].AsSpan(0, Length);
        var part = rented[1].AsSpan(0, Length);
        set.Fill(ulong.MaxValue);
        foreach (var word in _words)
        {
            part.Clear();
            word.Select(Segment, part, (rented[2], rented[3]));
            EntryBits.Intersect(set, part);
        }

        foreach (var range in _query.Genres.Select(genre => Find(Marks.Genre + genre)).Concat(YearsOf(_query)))
        {
            part.Clear();
            Segment.Add(range, part);
            EntryBits.Intersect(set, part);
        }

        return ListAndReturn(set, most, rented);
    }

    /// <summary>Of each group the first entry, so many at most.</summary>
    /// <param name="entries">The most popular first.</param>
    /// <param name="group">By what they are grouped; those without one are left out.</param>
    /// <param name="most">How many.</param>
    public IReadOnlyList<int> FirstOfEach(IReadOnlyList<int> entries, SearchGroup group, int most)
    {
        var (firsts, seen) = (new List<int>(), new HashSet<int>());
        var groups = Find($"{(group == SearchGroup.Artist ? Marks.ArtistKey : Marks.Release)}");
        foreach (var entry in entries)
        {
            var isFirst = false;
            foreach (var term in Segment.TermsOf(entry).In(groups))
                isFirst |= seen.Add(term);

            if (isFirst)
                firsts.Add(entry);
            if (firsts.Count == most)
                break;
        }

        return firsts;
    }

    /// <summary>Those that came last, so many at most, in any order.</summary>
    public IReadOnlyList<int> Newest(IReadOnlyList<int> entries, int most)
    {
        var newest = new PriorityQueue<int, long>();
        foreach (var entry in entries)
        {
            if (newest.Count < most)
                newest.Enqueue(entry, Segment.AddedOf(entry));
            else
                newest.EnqueueDequeue(entry, Segment.AddedOf(entry));
        }

        return [.. newest.UnorderedItems.Select(static one => one.Element)];
    }

    /// <summary>How well an entry answers it that was selected.</summary>
    public double Score(int entry)
    {
        var terms = Segment.TermsOf(entry);
        var score = Math.Log2(1 + Segment.PlaysOf(entry));
        var (allWhole, anyInAlbum) = (_words.Length > 0, false);
        foreach (var word in _words)
        {
            var (whole, inAlbum, edits) = word.Find(terms).GetValueOrDefault();
            allWhole &= whole && !inAlbum;
            anyInAlbum |= inAlbum;
            score += edits * Edit;
        }

        foreach (var field in _fields)
            score += terms.Find(field) == Matching.Whole ? ExactTitle : 0;

        var ofName = OfName(terms);
        return score + ofName + (allWhole ? WholeWords : 0) + (anyInAlbum && ofName == 0 ? InAlbumAlone : 0);
    }

    private int Length => EntryBits.Length(Segment.Entries);

    // What was typed comes first of the names, then what it is without signs.
    private double OfName(ReadOnlySpan<int> terms)
    {
        var best = 0.0;
        for (var i = 0; i < _names.Length; i++)
        {
            var (artist, title, album) =
                (terms.Find(_names[i].Artist), terms.Find(_names[i].Title), terms.Find(_names[i].Album));
            var exact = (artist, title, album) switch
            {
                (Matching.Whole, _, _) => ExactArtist,
                (_, Matching.Whole, _) => ExactTitle,
                (_, _, Matching.Whole) => ExactAlbum,
                (Matching.None, Matching.None, Matching.None) => 0,
                _ => Beginning,
            };
            best = Math.Max(best, exact > 0 && i == 0 ? exact + AsTyped : exact);
        }

        if (best >= ExactArtist)
            return best;

        foreach (var name in _names)
        {
            if (name.IsArtistWithTitle(terms))
                return ArtistWithTitle;
        }

        return best;
    }

    private IEnumerable<TermRange> YearsOf(TypedQuery query) => query.Years is var (from, to)
        ? [new TermRange(FirstFrom(EntryTerms.OfYear(from)), FirstFrom(EntryTerms.OfYear(to + 1)), HasWhole: false)]
        : [];

    private int FirstFrom(string term) => Segment.FirstFrom(Encoding.UTF8.GetBytes(term));

    private TermRange Find(string term) => Segment.Find(Encoding.UTF8.GetBytes(term));

    private ulong[][] Rent(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => ArrayPool<ulong>.Shared.Rent(Length))];

    private List<int> ListAndReturn(Span<ulong> set, int most, ulong[][] rented)
    {
        var entries = new List<int>();
        EntryBits.Subtract(set, Source.Gone);

        // The set's last word has room for more than there are.
        if (Segment.Entries % 64 is > 0 and var used)
            set[^1] &= (1UL << used) - 1;

        EntryBits.ListFirst(set, most, entries);
        foreach (var one in rented)
            ArrayPool<ulong>.Shared.Return(one);

        return entries;
    }

    private static char MarkOf(Field field) => field switch
    {
        Field.Artist => Marks.ArtistKey,
        Field.Album => Marks.AlbumKey,
        _ => Marks.TitleKey,
    };
}
