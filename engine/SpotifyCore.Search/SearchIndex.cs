using System.Text;
using SpotifyCore.Search.Indexing;
using SpotifyCore.Search.Listing;
using SpotifyCore.Search.Querying;
using SpotifyCore.Search.Ranking;
using SpotifyCore.Search.Segments;
using SpotifyCore.Search.Typos;

namespace SpotifyCore.Search;

/// <summary>
/// Finds tracks by what listeners type: a file of its own, derived from a catalogue, with entries in order of how often
/// they are played, and what was added since in memory. Safe for many threads; readers don't wait for a writer but at
/// the moment in which what it wrote comes in.
/// </summary>
public sealed class SearchIndex : IDisposable
{
    /// <summary>Hits are paged up to here.</summary>
    public const int MaxHits = 1_000;

    /// <summary>Of a query so many characters count.</summary>
    public const int MaxTyped = TypedQuery.MaxLength;

    // So many of the most popular are ranked; others follow in order of popularity.
    private const int Ranked = 300;

    private const int FewHits = 3;
    private const int MaxExact = 100;
    private const int MaxCorrected = 6;

    // So many entries, the most popular, are looked at for groups.
    private const int MaxGrouped = 20_000;

    private const int ClassShift = 40;
    private const string Unfinished = ".new";

    // What is in memory alone is written once it is an eighth of the file; of a small file, at once.
    private const int SmallFile = 8_192;
    private const int PartOfFile = 8;

    private readonly string _path;
    private readonly long _catalogue;
    private readonly Lock _writing = new();
    private readonly Lock _merging = new();
    private readonly SegmentList _segments = new();
    private readonly Vocabulary _vocabulary = new();
    private long _change;
    private long _next = 1;
    private int _beingMerged;

    /// <summary>
    /// Opens the file. One that another version made, that was derived from another catalogue, or that is damaged, is
    /// made anew: it is empty then and at <see cref="Change"/> 0.
    /// </summary>
    /// <param name="path">Where it lies, or will.</param>
    /// <param name="catalogue">A number that no other catalogue has.</param>
    public SearchIndex(string path, long catalogue)
    {
        (_path, _catalogue) = (path, catalogue);
        File.Delete(path + Unfinished);
        if (!File.Exists(path))
            return;

        try
        {
            Open(Segment.Open(path));
        }
        catch (InvalidDataException)
        {
            Delete(path);
        }
    }

    /// <summary>
    /// The number that was last handed to <see cref="Apply"/>: how far the index follows its catalogue. After the
    /// process has ended it is that of the last <see cref="Merge"/> that wrote.
    /// </summary>
    public long Change => Interlocked.Read(ref _change);

    /// <summary>Puts entries in, in place of those with the same ids, and takes others out: all of it or nothing.</summary>
    /// <param name="entries">What is new or changed; of two with one id the later.</param>
    /// <param name="removed">Ids of what is gone.</param>
    /// <param name="change">What <see cref="Change"/> is from now on.</param>
    /// <exception cref="InvalidDataException">The index is damaged.</exception>
    public void Apply(IEnumerable<SearchEntry> entries, IEnumerable<string> removed, long change)
    {
        var latest = new Dictionary<string, SearchEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
            latest[entry.Id] = entry;

        lock (_writing)
        {
            var words = new List<string>();
            var gone = latest.Keys.Union(removed).ToArray();
            SayDamage(() => _segments.Add(
                latest.Count == 0 ? null : SegmentBuilder.Build(latest.Values.Select(WithPlace), words),
                [.. gone.SelectMany(Find)]));
            _vocabulary.Add(words);
            Interlocked.Exchange(ref _change, change);
            SayDamage(() => _segments.MergeSmall(Math.Max(_beingMerged, FileSegments)));
        }
    }

    /// <summary>
    /// Writes the file anew, with what was added and without what was taken out, if that is worth it. Others read and
    /// write meanwhile.
    /// </summary>
    /// <param name="isAllWritten">Writes whatever the file lacks.</param>
    /// <param name="stop">Leaves the file as it is.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="InvalidDataException">The index is damaged.</exception>
    public void Merge(bool isAllWritten = false, CancellationToken stop = default)
    {
        lock (_merging)
        {
            if (BeginMerge(isAllWritten) is { } begun)
                FinishMerge(begun, stop);
        }
    }

    // What the file is to have, unless that is not worth it; of this, whatever changes meanwhile. One at a time is begun.
    internal MergeSources? BeginMerge(bool isAllWritten)
    {
        lock (_writing)
        {
            if (!IsWorthWriting(isAllWritten))
                return null;

            _beingMerged = _segments.All.Count;
            return new MergeSources([.. _segments.All.Select(static one => one.Copy())], _change, _next);
        }
    }

    // Writes the file that was begun and puts it in place; what changed since stays as it is.
    internal void FinishMerge(in MergeSources begun, CancellationToken stop)
    {
        var (sources, change, next) = begun;
        try
        {
            SayDamage(() => Write(sources, change, next, stop));
            lock (_writing)
                PutInPlace(sources);
        }
        finally
        {
            lock (_writing)
                _beingMerged = 0;

            File.Delete(_path + Unfinished);
        }
    }

    /// <summary>
    /// Entries in which every word occurs, whole or as a beginning, in any order: case, accents and signs aside; where
    /// there are few, also those of which one or two letters were mistyped. Any text is a query.
    /// </summary>
    /// <param name="typed">
    /// Words, and fields: <c>artist:</c>, <c>album:</c>, <c>title:</c>, <c>genre:</c>, <c>year:1990-1999</c>; values of
    /// several words in quotes.
    /// </param>
    /// <param name="limit">Most entries of the page.</param>
    /// <param name="offset">How many to pass over. No page goes beyond <see cref="MaxHits"/>.</param>
    /// <param name="order">
    /// What comes first. In an order of popularity or age nothing that was mistyped is found, and where nothing was typed,
    /// all entries are.
    /// </param>
    /// <exception cref="InvalidDataException">The index is damaged.</exception>
    public SearchAnswer Find(string typed, int limit, int offset = 0, SearchOrder order = SearchOrder.Best)
    {
        limit = Math.Min(limit, MaxHits - offset);
        var query = TypedQuery.Read(typed);
        if ((query.IsEmpty && order == SearchOrder.Best) || limit <= 0)
            return new SearchAnswer([], HasMore: false);

        var answer = default(SearchAnswer);
        SayDamage(() => _segments.Read(segments =>
        {
            // One more than is shown tells whether there are more.
            var wanted = Math.Max(limit + offset + 1, FewHits);
            var found = order == SearchOrder.Best
                ? Find(query, segments, wanted)
                : Hits.InOrder(query, segments, wanted, order);
            answer = new SearchAnswer(
                found.Page(limit, offset), HasMore: limit + offset < Math.Min(found.Count, MaxHits));
        }));
        return answer;
    }

    /// <summary>
    /// Of each artist or release whose name has every word of a query, an entry: who or what is named exactly first, then
    /// by popularity. A release's artists count as its name. Where nothing was typed, of all. The same group may come
    /// twice.
    /// </summary>
    /// <param name="typed">As what <c>Find</c> takes.</param>
    /// <param name="group">What is sought.</param>
    /// <param name="limit">Most entries.</param>
    /// <param name="offset">How many to pass over.</param>
    /// <exception cref="InvalidDataException">The index is damaged.</exception>
    public IReadOnlyList<string> FindGroups(string typed, SearchGroup group, int limit, int offset = 0)
    {
        var query = TypedQuery.Read(typed);
        var field = group == SearchGroup.Artist ? Field.Artist : Field.AlbumOrArtist;
        QueryWord[] words = [.. query.Words.Select(word => word.Field == Field.Any ? word with { Field = field } : word)];
        IReadOnlyList<string> answer = [];
        SayDamage(() => _segments.Read(segments =>
        {
            var found = new Hits();
            if (query.IsOneName)
            {
                found.Take(
                    RankedQuery.Select(segments, query, [], one => one.FirstOfEach(
                        one.SelectNames(isWhole: true, MaxGrouped, group), group, Ranked)),
                    Ranked);
            }

            if (query.Words.Count > 0 || query.Keys.Count == 0)
            {
                found.Take(
                    RankedQuery.Select(
                        segments, query, words, one => one.FirstOfEach(one.SelectWords(MaxGrouped), group, Ranked)),
                    Ranked);
            }

            answer = found.Page(limit, offset);
        }));
        return answer;
    }

    /// <summary>
    /// What of a query names an artist: empty where nothing does and any may be meant, null where it asks for a title or a
    /// release alone.
    /// </summary>
    public static string? ArtistOf(string typed) => TypedQuery.Read(typed) is var query
        && query.Artist.Length == 0 && query.FieldKeys.Count > 0 ? null : query.Artist;

    /// <summary>Names in the order of their letters, without regard to case, accents, signs and spaces.</summary>
    /// <param name="names">What is listed.</param>
    /// <param name="beginning">With which the names begin; empty for all.</param>
    /// <param name="after">Where the page before ended; empty for the first.</param>
    /// <param name="limit">Most names.</param>
    /// <exception cref="InvalidDataException">The index is damaged.</exception>
    public ListedPage List(ListedNames names, string beginning, string after, int limit)
    {
        var page = new ListedPage([], "");
        SayDamage(() => _segments.Read(
            segments => page = new NameList(segments, names).Read(beginning, after, limit)));
        return page;
    }

    /// <summary>Removes the file, which nobody has open, and what the first version had beside it.</summary>
    public static void Delete(string path)
    {
        foreach (var part in new[] { path, path + Unfinished, path + "-wal", path + "-shm" })
            File.Delete(part);
    }

    /// <inheritdoc/>
    public void Dispose() => _segments.Dispose();

    private Hits Find(TypedQuery query, IReadOnlyList<LiveSegment> segments, int wanted)
    {
        var found = new Hits();
        if (query.IsOneName)
            TakeNames(isWhole: true);

        if (!query.IsName)
        {
            var most = Math.Max(wanted, Ranked) + MaxExact;
            TakeWords(query.Words, most);
        }

        if (query.IsOneName && found.Count < FewHits)
            TakeNames(isWhole: false);

        for (var edits = 1; edits <= 2 && found.Count < FewHits; edits++)
        {
            if (Corrected(query, edits) is { } corrected)
                TakeWords(corrected, Ranked);
        }

        return found;

        void TakeNames(bool isWhole) => found.Take(
            RankedQuery.Select(segments, query, [], one => one.SelectNames(isWhole, MaxExact)), MaxExact);

        void TakeWords(IReadOnlyList<QueryWord> words, int most) => found.Take(
            RankedQuery.Select(segments, query, words, one => one.SelectWords(most)), Ranked);
    }

    // Words that may be mistyped, the first of them, with those that may be meant beside them; null when there is none.
    private List<QueryWord>? Corrected(TypedQuery query, int edits)
    {
        var (any, left) = (false, MaxCorrected);
        var words = new List<QueryWord>(query.Words.Count);
        foreach (var word in query.Words)
        {
            var isLookedUp = Vocabulary.MayBeMistyped(word.Spelling, edits) && left-- > 0;
            var nearest = isLookedUp ? _vocabulary.Nearest(word.Spelling, edits) : [];
            any |= nearest.Count > 0;
            words.Add(word with
            {
                Alternatives =
                [
                    .. word.Alternatives, .. nearest.Select(static one => new Alternative([one.Word], one.Edits)),
                ],
            });
        }

        return any ? words : null;
    }

    // The file was whole when it was opened: what leads out of it has been damaged since.
    private static void SayDamage(Action use)
    {
        try
        {
            use();
        }
        catch (Exception damage) when (damage is IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            throw new InvalidDataException("The index is damaged.", damage);
        }
    }

    private int FileSegments => _segments.All is [var first, ..] && first.Segment.IsFile ? 1 : 0;

    private void Open(Segment file)
    {
        if (file.Header.Catalogue != _catalogue)
        {
            file.Dispose();
            throw new InvalidDataException("Another catalogue's index.");
        }

        (_change, _next) = (file.Header.Change, file.Header.Next);
        _segments.Add(file, []);
        _vocabulary.Add(WordsOf(file));
    }

    private static IEnumerable<string> WordsOf(Segment file)
    {
        var from = file.FirstFrom([(byte)Marks.TitleWord]);
        var to = file.FirstFrom([(byte)Marks.ArtistWord + 1]);
        for (var term = from; term < to; term++)
            yield return Encoding.UTF8.GetString(file.Term(term)[1..]);
    }

    private (long Place, SearchEntry Entry) WithPlace(SearchEntry entry) =>
        (((long)Popularity.ClassOf(entry.Plays) << ClassShift) | _next++, entry);

    private IEnumerable<(LiveSegment, int)> Find(string id)
    {
        var term = Encoding.UTF8.GetBytes(EntryTerms.OfId(id));
        return _segments.All.Select(one => (one, one.Find(term))).Where(static one => one.Item2 >= 0);
    }

    private bool IsWorthWriting(bool isAllWritten)
    {
        var inFile = _segments.All.Take(FileSegments).Sum(static one => one.Segment.Entries);
        var lacking = _segments.All.Skip(FileSegments).Sum(static one => (long)one.Count)
            + _segments.All.Take(FileSegments).Sum(static one => one.GoneCount);
        return lacking > 0 && (isAllWritten || lacking * PartOfFile >= inFile - SmallFile);
    }

    // No disk is waited for: a file that a loss of power cut short is made anew.
    private void Write(LiveSegment[] sources, long change, long next, CancellationToken stop)
    {
        var merge = new SegmentMerge(sources);
        var path = _path + Unfinished;
        long length;
        using (var memory = SegmentMemory.Create(path, merge.Layout.Length(SegmentLayout.MaxRanges)))
        {
            var writer = new SegmentWriter(memory, merge.Layout);
            merge.Write(writer, stop);
            length = writer.Finish(_catalogue, change, next);
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.SetLength(length);
    }

    private void PutInPlace(LiveSegment[] sources)
    {
        // What was taken out while it was written.
        var gone = sources.Zip(_segments.All).Where(static one => one.First.GoneCount != one.Second.GoneCount)
            .SelectMany(static one => Enumerable.Range(0, one.First.Segment.Entries)
                .Where(entry => EntryBits.Has(one.Second.Gone, entry) && !EntryBits.Has(one.First.Gone, entry))
                .Select(entry => one.First.Segment.Places[entry])).ToArray();
        try
        {
            _segments.Replace(0, sources.Length, gone, () =>
            {
                File.Move(_path + Unfinished, _path, overwrite: true);
                return new Segment(SegmentMemory.Open(_path));
            });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The old file is closed, as a file that is open can't be replaced everywhere.
            throw new InvalidDataException($"The index could not be put in place: {failure.Message}", failure);
        }
    }
}
