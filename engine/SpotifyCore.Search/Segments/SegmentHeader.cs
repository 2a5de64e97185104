using System.Runtime.InteropServices;

namespace SpotifyCore.Search.Segments;

/// <summary>
/// What stands at the front of a segment. Behind it, each as long as there was room made for: of each entry its place,
/// its plays, and when it came; where each term's text ends and where its entries do; the entries of all terms; where each entry's
/// terms end, and those; the terms' text in UTF-8; the ranges of many entries, and a set of entries for each.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SegmentHeader
{
    /// <summary>How long it is.</summary>
    public const int Size = 128;

    /// <summary>Tells such a file from others, and its version from others.</summary>
    public const ulong Expected = 0x0003_6863_7261_6573; // "search", 3

    /// <summary><see cref="Expected"/>.</summary>
    public ulong Magic;

    /// <summary>XxHash3 of all that follows.</summary>
    public ulong Checksum;

    /// <summary>All of it, in bytes.</summary>
    public long Length;

    /// <summary>Which catalogue it was made from.</summary>
    public long Catalogue;

    /// <summary>The catalogue's change that it is at.</summary>
    public long Change;

    /// <summary>The number that the next entry gets.</summary>
    public long Next;

    /// <summary>How many entries.</summary>
    public int Entries;

    /// <summary>How many terms.</summary>
    public int Terms;

    /// <summary>How many ranges of terms have a set of entries.</summary>
    public int Ranges;

    /// <summary>For so many terms there is room.</summary>
    public int TermRoom;

    /// <summary>For so many entries of terms.</summary>
    public int PostingRoom;

    /// <summary>For so many bytes of text.</summary>
    public int TextRoom;
}
