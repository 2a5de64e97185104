using System.Text;
using SpotifyCore.Search.Indexing;
using SpotifyCore.Search.Querying;

namespace SpotifyCore.Search.Ranking;

/// <summary>
/// Says how well an entry answers a query: an artist, or artist and title, that is named exactly before all else; then
/// how often it is played, weighed with how exactly it is named. The weights are binary orders of plays.
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
    private const double OfOneClass = 0.5;

    private static readonly byte[] TitleMark = Bytes($"{Marks.Title}");
    private static readonly byte[] ArtistMark = Bytes($"{Marks.Artist}");

    private readonly byte[][] _plain;
    private readonly (byte[] Artist, byte[] Title, byte[] Album, bool IsAsTyped)[] _keys;
    private readonly byte[][] _fields;
    private readonly Word[] _words;
    private readonly double _mostOfNames;

    /// <summary>Makes ready to rank.</summary>
    /// <param name="query">What was typed.</param>
    /// <param name="words">What an entry has to have.</param>
    public RankedQuery(TypedQuery query, IEnumerable<QueryWord> words)
    {
        _plain = [.. query.Keys.Select(Bytes)];
        _keys =
        [
            .. query.Keys.Select((key, place) =>
                (Bytes($" {Marks.Artist}{key} "), Bytes($" {Marks.Title}{key} "), Bytes($" {Marks.Album}{key} "), place == 0)),
        ];
        _fields = [.. query.FieldKeys.Select(static one => Bytes($" {MarkOf(one.Field)}{one.Key} "))];
        _words =
        [
            .. words.Select(static word => new Word(
                word.Field,
                [.. word.Alternatives.Select(static one => new Form(
                    [.. one.Terms.Select(static term => Bytes(" " + term))], one.Edits))])),
        ];

        // Read by its keys alone, each may be the one that is meant; two words may be an artist and a title.
        var mostOfKeys = (_keys.Length, _words.Length) switch
        {
            (0, _) => 0,
            (_, 0) => double.PositiveInfinity,
            (_, 1) => Beginning + AsTyped,
            _ => ArtistWithTitle,
        };
        _mostOfNames = mostOfKeys + WholeWords + (_fields.Length * ExactTitle);
    }

    /// <summary>
    /// The most that an entry with so many plays can score, or one of a place behind it: those of one class of
    /// popularity have no order. Entries that one name names exactly have been read before.
    /// </summary>
    public double MostOf(long plays) => Popularity(plays) + OfOneClass + _mostOfNames;

    /// <summary>Its score; null when a word is not where it has to be.</summary>
    public double? Score(in EntryRow row)
    {
        var score = Popularity(row.Plays);
        var (allWhole, anyInAlbum) = (true, false);
        foreach (var word in _words)
        {
            if (Find(word, row) is not var (whole, inAlbum, edits))
                return null;

            allWhole &= whole && !inAlbum;
            anyInAlbum |= inAlbum;
            score += edits * Edit;
        }

        foreach (var field in _fields)
            score += row.Keys.IndexOf(field) >= 0 ? ExactTitle : 0;

        var ofName = OfName(row.Keys);
        return score + ofName + (allWhole && _words.Length > 0 ? WholeWords : 0)
            + (anyInAlbum && ofName == 0 ? InAlbumAlone : 0);
    }

    private static double Popularity(long plays) => Math.Log2(1 + plays);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static char MarkOf(Field field) => field switch
    {
        Field.Artist => Marks.Artist,
        Field.Album => Marks.Album,
        _ => Marks.Title,
    };

    private double OfName(ReadOnlySpan<byte> keys)
    {
        var best = 0.0;
        foreach (var (artist, title, album, asTyped) in _keys)
        {
            var exact = 0.0;
            if (keys.IndexOf(artist) >= 0)
                exact = ExactArtist;
            else if (keys.IndexOf(title) >= 0)
                exact = ExactTitle;
            else if (keys.IndexOf(album) >= 0)
                exact = ExactAlbum;
            else if (keys.IndexOf(artist.AsSpan(..^1)) >= 0 || keys.IndexOf(title.AsSpan(..^1)) >= 0
                || keys.IndexOf(album.AsSpan(..^1)) >= 0)
                exact = Beginning;

            best = Math.Max(best, exact > 0 && asTyped ? exact + AsTyped : exact);
        }

        return best < ExactArtist && IsArtistWithTitle(keys) ? ArtistWithTitle : best;
    }

    // Either may come first: "queen bohemian rhapsody", "bohemian rhapsody queen".
    private bool IsArtistWithTitle(ReadOnlySpan<byte> keys)
    {
        foreach (var typed in _plain)
        {
            foreach (var title in keys.Split((byte)' '))
            {
                if (!keys[title].StartsWith(TitleMark) || keys[title].Length - TitleMark.Length >= typed.Length)
                    continue;

                ReadOnlySpan<byte> rest = typed;
                var name = keys[title][TitleMark.Length..];
                if ((rest.StartsWith(name) && HasArtist(keys, rest[name.Length..]))
                    || (rest.EndsWith(name) && HasArtist(keys, rest[..^name.Length])))
                    return true;
            }
        }

        return false;
    }

    private static bool HasArtist(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> wanted)
    {
        foreach (var artist in keys.Split((byte)' '))
        {
            if (keys[artist].StartsWith(ArtistMark) && keys[artist][ArtistMark.Length..].SequenceEqual(wanted))
                return true;
        }

        return false;
    }

    private static (bool IsWhole, bool IsInAlbum, int Edits)? Find(Word word, in EntryRow row)
    {
        (bool IsWhole, bool IsInAlbum, int Edits)? best = null;
        foreach (var form in word.Forms)
        {
            if (Find(form, word.Field, row) is not var (whole, inAlbum))
                continue;

            var isBetter = best is not { } other || form.Edits < other.Edits
                || (form.Edits == other.Edits && (inAlbum ? 0 : 2) + (whole ? 1 : 0)
                    > (other.IsInAlbum ? 0 : 2) + (other.IsWhole ? 1 : 0));
            if (isBetter)
                best = (whole, inAlbum, form.Edits);
        }

        return best;
    }

    private static (bool IsWhole, bool IsInAlbum)? Find(Form form, Field field, in EntryRow row)
    {
        var (allWhole, inAlbum) = (true, false);
        foreach (var term in form.Terms)
        {
            var whole = Matching.None;
            if (field is Field.Any or Field.Title)
                whole = In(row.Title, term);
            if (field is Field.Any or Field.Artist && whole != Matching.Whole)
                whole = Better(whole, In(row.Artists, term));
            if (whole == Matching.None && field is Field.Any or Field.Album)
            {
                whole = In(row.Album, term);
                inAlbum |= field == Field.Any;
            }

            if (whole == Matching.None)
                return null;

            allWhole &= whole == Matching.Whole;
        }

        return (allWhole, inAlbum);
    }

    private static Matching Better(Matching one, Matching other) => one > other ? one : other;

    private static Matching In(ReadOnlySpan<byte> terms, ReadOnlySpan<byte> term)
    {
        var found = Matching.None;
        for (var at = terms.IndexOf(term); at >= 0;)
        {
            if (terms[at + term.Length] == (byte)' ')
                return Matching.Whole;

            found = Matching.Beginning;
            terms = terms[(at + term.Length)..];
            at = terms.IndexOf(term);
        }

        return found;
    }

    private enum Matching
    {
        None,
        Beginning,
        Whole,
    }

    private sealed record Word(Field Field, Form[] Forms);

    private sealed record Form(byte[][] Terms, int Edits);
}
