namespace SpotifyCore.Search.Indexing;

/// <summary>An entry as it lies in the index, in UTF-8; valid until the next one is read.</summary>
internal readonly ref struct EntryRow
{
    /// <summary>Its rank.</summary>
    public required long Place { get; init; }

    /// <summary>How often it was played.</summary>
    public required long Plays { get; init; }

    /// <summary>The title's terms, a space before and behind each.</summary>
    public required ReadOnlySpan<byte> Title { get; init; }

    /// <summary>The artists'.</summary>
    public required ReadOnlySpan<byte> Artists { get; init; }

    /// <summary>The release's.</summary>
    public required ReadOnlySpan<byte> Album { get; init; }

    /// <summary>Keys with their marks, a space before and behind each.</summary>
    public required ReadOnlySpan<byte> Keys { get; init; }
}
