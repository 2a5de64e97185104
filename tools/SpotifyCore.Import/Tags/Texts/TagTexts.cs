using SpotifyCore.Import.Tags.Fields;
using SpotifyCore.Import.Tags.Reading;

namespace SpotifyCore.Import.Tags.Texts;

/// <summary>
/// The texts of one tag, as bytes until all are known: what character set they are in is told by the whole tag, not by
/// one of them. Bounded in number and bytes; what comes beyond is left out.
/// </summary>
internal sealed class TagTexts
{
    private readonly List<Entry> _entries = [];
    private int _bytes;

    /// <summary>Adds a text; where NULs separate values, each of them.</summary>
    /// <param name="field">What it says.</param>
    /// <param name="name">What the format calls that.</param>
    /// <param name="text">Its bytes.</param>
    /// <param name="form">How they are to be read.</param>
    /// <param name="isCut">Whether its end may be missing.</param>
    public void Add(TagField field, string name, ReadOnlySpan<byte> text, TextForm form, bool isCut = false)
    {
        var isWide = form is TextForm.Utf16 or TextForm.Utf16BigEndian;
        Utf16Order? order = null;
        while (!text.IsEmpty)
        {
            var end = isWide ? IndexOfWideNul(text) : text.IndexOf((byte)0);
            var value = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[Math.Min(end + (isWide ? 2 : 1), text.Length)..];
            if (isWide)
                order = Utf16Order.TakeMark(ref value) ?? order ?? OrderBySpecification(form, value);

            Add(new Entry(field, name, value.ToArray(), form) { Order = order, IsCut = isCut && text.IsEmpty });
        }
    }

    /// <summary>
    /// Decodes all and puts them into <paramref name="fields"/>, in the order in which they were added.
    /// </summary>
    public void MoveTo(TagFields fields)
    {
        var isUtf8 = IsUtf8();
        var order = new Lazy<Utf16Order>(() => Utf16Order.Guess(
            _entries.Where(static entry => entry.Form == TextForm.Utf16 && entry.Order is null)
                .Select(static entry => entry.Bytes)));
        foreach (var entry in _entries)
        {
            var text = entry.Form switch
            {
                TextForm.Utf16 or TextForm.Utf16BigEndian => (entry.Order ?? order.Value).Decode(entry.Bytes),
                TextForm.Utf8 => DecodeOne(entry.Bytes, entry.IsCut),
                _ => isUtf8 ? Utf8Form.Decode(entry.Bytes) : Windows1252.Decode(entry.Bytes),
            };
            fields.Add(entry.Field, entry.Name, text);
        }

        _entries.Clear();
    }

    /// <summary>A text that is needed before the others are known, as the name of a field is.</summary>
    public static string Decode(ReadOnlySpan<byte> text, TextForm form)
    {
        if (form == TextForm.Utf8)
            return DecodeOne(text, isCut: false);
        if (form == TextForm.Narrow)
            return Windows1252.Decode(text);

        var order = Utf16Order.TakeMark(ref text) ?? OrderBySpecification(form, text);
        return (order ?? Utf16Order.Guess([text.ToArray()])).Decode(text);
    }

    private void Add(Entry entry)
    {
        _bytes += entry.Bytes.Length;
        if (_bytes <= TagLimits.MaxTexts && _entries.Count < TagLimits.MaxTextCount && entry.Bytes.Length > 0)
            _entries.Add(entry);
    }

    // What is UTF-8 in every one of the texts and has characters beyond ASCII is UTF-8, whatever the tag says.
    private bool IsUtf8()
    {
        var all = 0;
        foreach (var entry in _entries.Where(static entry => entry.Form == TextForm.Narrow))
        {
            if (!Utf8Form.TryCount(entry.Bytes, entry.IsCut, out var wide))
                return false;

            all += wide;
        }

        return all > 0;
    }

    private static string DecodeOne(ReadOnlySpan<byte> text, bool isCut) =>
        Utf8Form.TryCount(text, isCut, out _) ? Utf8Form.Decode(text) : Windows1252.Decode(text);

    // Without a mark the higher byte comes first, where the form says so; unless that gives no Latin letter's half,
    // ever.
    private static Utf16Order? OrderBySpecification(TextForm form, ReadOnlySpan<byte> text)
    {
        if (form != TextForm.Utf16BigEndian)
            return null;

        var isSwapped = true;
        for (var i = 0; i + 1 < text.Length && isSwapped; i += 2)
            isSwapped = text[i + 1] == 0;

        return isSwapped && text.Length > 1 ? Utf16Order.LowFirst : Utf16Order.HighFirst;
    }

    private static int IndexOfWideNul(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i + 1 < text.Length; i += 2)
        {
            if (text[i] == 0 && text[i + 1] == 0)
                return i;
        }

        return -1;
    }

    /// <param name="Field">What it says.</param>
    /// <param name="Name">What the format calls that.</param>
    /// <param name="Bytes">The text.</param>
    /// <param name="Form">How it is to be read.</param>
    private sealed record Entry(TagField Field, string Name, byte[] Bytes, TextForm Form)
    {
        /// <summary>The order of UTF-16's bytes; null where nothing but the texts tells.</summary>
        public Utf16Order? Order { get; init; }

        /// <summary>Whether its end may be missing.</summary>
        public bool IsCut { get; init; }
    }
}
