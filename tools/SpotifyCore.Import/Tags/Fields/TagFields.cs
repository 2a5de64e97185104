using SpotifyCore.Content.Text;
using SpotifyCore.Import.Tags.Reading;

namespace SpotifyCore.Import.Tags.Fields;

/// <summary>
/// What one tag holds, or several in the order of their worth: values as plain, composed text, and one picture.
/// Bounded.
/// </summary>
internal sealed class TagFields
{
    private const int MaxPartsOfACharacter = 4;

    private readonly Dictionary<TagField, NamedValues> _values = [];
    private int _pictures;

    /// <summary>The best picture so far.</summary>
    public TagPicture? Picture { get; private set; }

    /// <summary>True while there is nothing in it.</summary>
    public bool IsEmpty => _values.Count == 0 && Picture is null;

    /// <summary>The values of a field, none of them empty.</summary>
    public IReadOnlyList<string> this[TagField field] =>
        _values.TryGetValue(field, out var named) ? named.Values : [];

    /// <summary>
    /// Adds a value. Where two names of one format mean the same field, the first that is met counts: their values are
    /// one said twice, not two.
    /// </summary>
    public void Add(TagField field, string name, string value)
    {
        // Composing takes longer than reading: it gets no more than can be left of what is kept.
        var part = Cut(PlainText.Of(value).Trim(), MaxPartsOfACharacter * TagLimits.MaxCharacters);
        var plain = Cut(ComposedText.Of(part), TagLimits.MaxCharacters);
        if (plain.Length == 0)
            return;

        if (!_values.TryGetValue(field, out var named))
            _values[field] = named = new NamedValues(name, []);

        if (named.Name == name && named.Values.Count < TagLimits.MaxValues && !named.Values.Contains(plain))
            named.Values.Add(plain);
    }

    /// <summary>
    /// True for a picture that is better than the one there is: the front cover, else one of which nothing is said,
    /// else the first.
    /// </summary>
    public bool Wants(PictureKind kind) => _pictures < TagLimits.MaxPictures && IsBetter(kind);

    /// <summary>Takes a picture, if it is wanted.</summary>
    public void Add(PictureKind kind, string declaredType, byte[] data)
    {
        if (!Wants(kind))
            return;

        _pictures++;
        if (data.Length <= TagLimits.MaxPicture && PictureMediaType.Of(data, declaredType) is { } mediaType)
            Picture = new TagPicture(kind, mediaType, data);
    }

    /// <summary>Takes from a tag that is worth less what this has nothing of, and a better picture.</summary>
    public void Complete(TagFields other)
    {
        foreach (var (field, values) in other._values)
            _values.TryAdd(field, values);

        if (other.Picture is { } picture && IsBetter(picture.Kind))
            Picture = picture;
    }

    private bool IsBetter(PictureKind kind) => Picture is null || WorthOf(kind) > WorthOf(Picture.Kind);

    private static int WorthOf(PictureKind kind) => kind switch
    {
        PictureKind.FrontCover => 2,
        PictureKind.Other => 1,
        _ => 0,
    };

    private static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    /// <param name="Name">What the format calls the field.</param>
    /// <param name="Values">In the order of the file.</param>
    private sealed record NamedValues(string Name, List<string> Values);
}
