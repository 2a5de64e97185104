using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Globalization;
using SpotifyCore.Import.Tags.Fields;
using SpotifyCore.Import.Tags.Reading;
using SpotifyCore.Import.Tags.Texts;

namespace SpotifyCore.Import.Tags.Mp4;

/// <summary>
/// Reads the items of an item list. An item holds one or more <c>data</c> atoms, each a value: u32 type, u32 locale,
/// the value. A free item (four hyphens) holds its maker and its name before them.
/// </summary>
internal sealed class Mp4Items(Stream file)
{
    private const string FreeItem = "----";
    private const string CoverItem = "covr";
    private const string GenreNumberItem = "gnre";
    private const string StoreItem = "xid ";
    private const int Utf16Type = 2;
    private const int ImplicitType = 0;
    private const int Utf8Type = 1;
    private const int MaxName = 256;

    private static readonly FrozenDictionary<string, TagField> Texts = new Dictionary<string, TagField>
    {
        ["©nam"] = TagField.Title,
        ["©ART"] = TagField.Artist,
        ["aART"] = TagField.AlbumArtist,
        ["©alb"] = TagField.Album,
        ["©gen"] = TagField.Genre,
        ["©day"] = TagField.Date,
        ["©wrt"] = TagField.Composer,
        ["©com"] = TagField.Composer,
        ["©cmt"] = TagField.Comment,
        ["sonm"] = TagField.TitleSort,
        ["soar"] = TagField.ArtistSort,
        ["soal"] = TagField.AlbumSort,
        ["soaa"] = TagField.AlbumArtistSort,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, TagField> Numbers = new Dictionary<string, TagField>
    {
        ["trkn"] = TagField.Track,
        ["disk"] = TagField.Disc,
        ["cpil"] = TagField.Compilation,
    }.ToFrozenDictionary();

    private readonly TagFields _fields = new();
    private readonly TagTexts _texts = new();
    private readonly TagFields _freeFields = new();
    private readonly TagTexts _free = new();
    private int _values;

    /// <summary>Reads one item.</summary>
    public void Read(Mp4Atom item)
    {
        if (item.Name == FreeItem)
            ReadFree(item);
        else if (item.Name is CoverItem)
            ReadCovers(item);
        else if (Texts.TryGetValue(item.Name, out var field))
            ReadTexts(item, field, item.Name, _texts);
        else if (Numbers.TryGetValue(item.Name, out var counted))
            ReadNumbers(item, counted);
        else if (item.Name is GenreNumberItem or StoreItem)
            ReadSpecial(item);
    }

    /// <summary>
    /// Reads one of the texts that QuickTime keeps outside of an item list: u16 length, u16 language, the text.
    /// </summary>
    public void ReadQuickTime(Mp4Atom atom)
    {
        if (!Texts.TryGetValue(atom.Name, out var field))
            return;

        var content = atom.Open(file);
        Span<byte> header = stackalloc byte[4];
        if (content.TryRead(header))
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(header);
            Add(_free, field, atom.Name, content.Part(length), TextForm.Utf8);
        }
    }

    /// <summary>All that was read.</summary>
    public TagFields Finish()
    {
        _texts.MoveTo(_fields);
        _free.MoveTo(_freeFields);
        _fields.Complete(_freeFields);
        return _fields;
    }

    private void ReadFree(Mp4Atom item)
    {
        var named = Mp4Atom.Between(file, item.Start, item.End).FirstOrDefault(static atom => atom.Name == "name");
        var content = named.Open(file);
        content.Skip(4);
        var name = Utf8Form.Decode(content.Read(MaxName));
        if (TagNames.FieldOf(name) is { } field)
            ReadTexts(item, field, name.ToUpperInvariant(), _free);
    }

    private void ReadTexts(Mp4Atom item, TagField field, string name, TagTexts into)
    {
        foreach (var (type, value) in Values(item))
        {
            if (type is Utf16Type)
                Add(into, field, name, value, TextForm.Utf16BigEndian);
            else if (type is Utf8Type or ImplicitType)
                Add(into, field, name, value, TextForm.Utf8);
        }
    }

    private static void Add(TagTexts into, TagField field, string name, TagCursor value, TextForm form)
    {
        var text = value.Read(TagLimits.MaxText);
        into.Add(field, name, text, form, isCut: text.Length == TagLimits.MaxText);
    }

    // Two numbers of 16 bits behind two bytes of nothing, or one number of however many bytes.
    private void ReadNumbers(Mp4Atom item, TagField field)
    {
        foreach (var (_, value) in Values(item))
        {
            var bytes = value.Read(8);
            var text = bytes.Length >= 6
                ? $"{BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2))}/"
                    + $"{BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(4))}"
                : bytes.Aggregate(0L, static (sum, one) => (sum << 8) | one).ToString(CultureInfo.InvariantCulture);
            _fields.Add(field, item.Name, text);
        }
    }

    private void ReadSpecial(Mp4Atom item)
    {
        foreach (var (_, value) in Values(item))
        {
            if (item.Name == StoreItem)
            {
                // As in Maker:isrc:USXX19900001.
                var parts = Utf8Form.Decode(value.Read(MaxName)).Split(':');
                if (parts is [_, "isrc", var code])
                    _freeFields.Add(TagField.Isrc, StoreItem, code);
            }
            else if (value.Read(2) is [var high, var low])
            {
                // One more than ID3v1's number.
                _freeFields.Add(TagField.Genre, GenreNumberItem, GenreText.NameOf(((high << 8) | low) - 1));
            }
        }
    }

    private void ReadCovers(Mp4Atom item)
    {
        foreach (var (_, value) in Values(item))
        {
            if (_fields.Wants(PictureKind.FrontCover))
                _fields.Add(PictureKind.FrontCover, "", value.Read(TagLimits.MaxPicture + 1));
        }
    }

    private IEnumerable<(uint Type, TagCursor Value)> Values(Mp4Atom item)
    {
        foreach (var atom in Mp4Atom.Between(file, item.Start, item.End).Where(static atom => atom.Name == "data"))
        {
            if (_values++ >= TagLimits.MaxTextCount)
                break;

            var content = atom.Open(file);
            var type = content.ReadUInt32BigEndian() & 0xFF_FFFF;
            content.Skip(4);
            yield return (type, content);
        }
    }
}
