namespace SpotifyCore.Import.Tags.Reading;

/// <summary>What is read of a file's tags at most, whatever sizes and counts they claim.</summary>
internal static class TagLimits
{
    /// <summary>Bytes of a picture; a larger one is left out.</summary>
    public const int MaxPicture = 32 << 20;

    /// <summary>Pictures of one tag that are taken into memory.</summary>
    public const int MaxPictures = 4;

    /// <summary>Bytes of one text; what is longer is cut.</summary>
    public const int MaxText = 16 << 10;

    /// <summary>Bytes of all texts of one tag; what comes behind them is left out.</summary>
    public const int MaxTexts = 1 << 20;

    /// <summary>Texts of one tag.</summary>
    public const int MaxTextCount = 4_096;

    /// <summary>Frames, items, blocks, chunks or atoms on one level of a file.</summary>
    public const int MaxParts = 16_384;

    /// <summary>Tags of one kind in a row at the beginning or the end of a file.</summary>
    public const int MaxTags = 8;

    /// <summary>Characters of a text that is kept: what the catalogue takes.</summary>
    public const int MaxCharacters = 1_000;

    /// <summary>Values of a field that are kept: what the catalogue takes.</summary>
    public const int MaxValues = 64;
}
