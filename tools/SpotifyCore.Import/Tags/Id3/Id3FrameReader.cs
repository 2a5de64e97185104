using SpotifyCore.Import.Tags.Fields;
using SpotifyCore.Import.Tags.Reading;
using SpotifyCore.Import.Tags.Texts;

namespace SpotifyCore.Import.Tags.Id3;

/// <summary>Reads the content of frames, of all versions, into fields.</summary>
internal sealed class Id3FrameReader
{
    /// <summary>A text with a name that its writer chose.</summary>
    public const string UserText = "TXXX";

    /// <summary>A comment in some language, with a description.</summary>
    public const string Comment = "COMM";

    /// <summary>An id at somebody's.</summary>
    public const string UniqueId = "UFID";

    /// <summary>A picture as version 2.2 has it; its name is no other's in 2.3.</summary>
    public const string OldPicture = "PIC";

    private const string Picture = "APIC";
    private const int MaxName = 4_096;

    private readonly TagFields _fields = new();
    private readonly TagTexts _texts = new();

    // What a writer named is worth less than a frame that is meant for it, wherever the two stand.
    private readonly TagFields _namedFields = new();
    private readonly TagTexts _named = new();

    /// <summary>Whether a frame holds anything of interest.</summary>
    public static bool IsWanted(string id) =>
        id is UserText or Comment or UniqueId or Picture or OldPicture || Id3FrameNames.FieldOf(id) is not null;

    /// <summary>Reads a frame that is wanted.</summary>
    public void Read(string id, TagCursor content)
    {
        if (id is Picture or OldPicture)
            ReadPicture(content, id == OldPicture);
        else if (id == UniqueId)
            ReadUniqueId(content);
        else
            ReadText(id, content);
    }

    /// <summary>All that was read.</summary>
    public TagFields Finish()
    {
        _texts.MoveTo(_fields);
        _named.MoveTo(_namedFields);
        _fields.Complete(_namedFields);
        return _fields;
    }

    private void ReadText(string id, TagCursor content)
    {
        var form = ReadForm(content);
        if (id == Comment)
        {
            content.Skip(3);
            ReadComment(content, form);
        }
        else if (id == UserText)
        {
            var name = TagTexts.Decode(content.ReadToNul(WidthOf(form), MaxName), form);
            if (TagNames.FieldOf(name) is { } named)
                Add(_named, named, name, content, form);
        }
        else if (Id3FrameNames.FieldOf(id) is { } field)
        {
            Add(_texts, field, id, content, form);
        }
    }

    // Programs keep figures of their own in comments, each with a description: iTunNORM, Songs-DB_Custom1.
    private void ReadComment(TagCursor content, TextForm form)
    {
        var description = TagTexts.Decode(content.ReadToNul(WidthOf(form), MaxName), form);
        if (description.Length == 0)
            Add(_texts, TagField.Comment, Comment, content, form);
        else if (!description.StartsWith("iTun", StringComparison.Ordinal)
            && !description.StartsWith("Songs-DB", StringComparison.Ordinal))
            Add(_named, TagField.Comment, description, content, form);
    }

    private static void Add(TagTexts texts, TagField field, string name, TagCursor content, TextForm form)
    {
        var text = content.Read(TagLimits.MaxText);
        texts.Add(field, name, text, form, isCut: text.Length == TagLimits.MaxText);
    }

    private void ReadUniqueId(TagCursor content)
    {
        var owner = Windows1252.Decode(content.ReadToNul(1, MaxName));
        if (owner is "http://musicbrainz.org" or "https://musicbrainz.org")
            _fields.Add(TagField.RecordingId, UniqueId, Windows1252.Decode(content.Read(MaxName)));
    }

    private void ReadPicture(TagCursor content, bool isOld)
    {
        var form = ReadForm(content);
        var type = Windows1252.Decode(isOld ? content.Read(3) : content.ReadToNul(1, MaxName));
        var kind = (PictureKind)content.ReadByte();
        content.ReadToNul(WidthOf(form), MaxName);
        if (content.Left > 0 && _fields.Wants(kind))
            _fields.Add(kind, isOld ? $"image/{type.Trim()}" : type, content.Read(TagLimits.MaxPicture + 1));
    }

    private static TextForm ReadForm(TagCursor content) => content.ReadByte() switch
    {
        1 => TextForm.Utf16,
        2 => TextForm.Utf16BigEndian,
        3 => TextForm.Utf8,
        _ => TextForm.Narrow,
    };

    private static int WidthOf(TextForm form) => form is TextForm.Utf16 or TextForm.Utf16BigEndian ? 2 : 1;
}
