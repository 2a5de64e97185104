using System.Text;
using SpotifyCore.Search.Indexing;
using SpotifyCore.Search.Querying;
using SpotifyCore.Search.Segments;

namespace SpotifyCore.Search.Ranking;

/// <summary>A word that was typed, as the terms of a segment that may be meant by it.</summary>
internal sealed class RankedWord
{
    private readonly Field _field;
    private readonly (Places[] Terms, int Edits)[] _forms;

    /// <summary>Looks its terms up.</summary>
    public RankedWord(Segment segment, QueryWord word)
    {
        _field = word.Field;
        _forms =
        [
            .. word.Alternatives.Select(form => (
                form.Terms.Select(term => Find(segment, term, word.Field)).ToArray(), form.Edits)),
        ];
    }

    /// <summary>Adds the entries to a set in which it occurs.</summary>
    /// <param name="segment">In which its terms were looked up.</param>
    /// <param name="set">One of the segment's entries.</param>
    /// <param name="free">Two of the same length, whatever is in them.</param>
    public void Select(Segment segment, Span<ulong> set, (ulong[] Form, ulong[] Term) free)
    {
        foreach (var (terms, _) in _forms)
        {
            if (terms is [var only])
            {
                only.Select(segment, set);
                continue;
            }

            var form = free.Form.AsSpan(0, set.Length);
            form.Fill(ulong.MaxValue);
            foreach (var places in terms)
            {
                var term = free.Term.AsSpan(0, set.Length);
                term.Clear();
                places.Select(segment, term);
                EntryBits.Intersect(form, term);
            }

            EntryBits.Unite(set, form);
        }
    }

    /// <summary>How it occurs among an entry's terms, at its best: fewest edits first, then not in the album, then whole.</summary>
    public (bool IsWhole, bool IsInAlbum, int Edits)? Find(ReadOnlySpan<int> entry)
    {
        (bool IsWhole, bool IsInAlbum, int Edits)? best = null;
        foreach (var (terms, edits) in _forms)
        {
            // Those with fewer edits come first: nothing behind is better.
            if (best is { } sofar && (edits > sofar.Edits || sofar is (true, false, _)))
                break;
            if (Find(terms, entry) is not var (whole, inAlbum))
                continue;

            var isBetter = best is not { } other || edits < other.Edits
                || (edits == other.Edits && (inAlbum ? 0 : 2) + (whole ? 1 : 0)
                    > (other.IsInAlbum ? 0 : 2) + (other.IsWhole ? 1 : 0));
            if (isBetter)
                best = (whole, inAlbum, edits);
        }

        return best;
    }

    private (bool IsWhole, bool IsInAlbum)? Find(Places[] terms, ReadOnlySpan<int> entry)
    {
        var (allWhole, inAlbum) = (true, false);
        foreach (var (title, artist, album) in terms)
        {
            var found = entry.Find(title);
            if (found != Matching.Whole && entry.Find(artist) is var ofArtist && ofArtist > found)
                found = ofArtist;
            if (found == Matching.None)
            {
                found = entry.Find(album);
                inAlbum |= _field == Field.Any;
            }

            if (found == Matching.None)
                return null;

            allWhole &= found == Matching.Whole;
        }

        return (allWhole, inAlbum);
    }

    private static Places Find(Segment segment, string term, Field field) => new(
        field is Field.Any or Field.Title ? Find(segment, Marks.TitleWord, term) : default,
        field is Field.Any or Field.Artist or Field.AlbumOrArtist ? Find(segment, Marks.ArtistWord, term) : default,
        field is Field.Any or Field.Album or Field.AlbumOrArtist ? Find(segment, Marks.AlbumWord, term) : default);

    private static TermRange Find(Segment segment, char mark, string term) =>
        segment.Find(Encoding.UTF8.GetBytes(mark + term));

    // Where a term may stand; there are no such terms where it may not.
    private readonly record struct Places(TermRange Title, TermRange Artist, TermRange Album)
    {
        public void Select(Segment segment, Span<ulong> set)
        {
            segment.Add(Title, set);
            segment.Add(Artist, set);
            segment.Add(Album, set);
        }
    }
}
