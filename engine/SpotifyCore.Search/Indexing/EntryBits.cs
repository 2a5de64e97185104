using System.Numerics;
using System.Runtime.InteropServices;

namespace SpotifyCore.Search.Indexing;

/// <summary>Sets of a segment's entries, a bit for each.</summary>
internal static class EntryBits
{
    private const int Bits = 64;

    /// <summary>How many words of 64 bits hold so many entries.</summary>
    public static int Length(int entries) => (entries + Bits - 1) / Bits;

    /// <summary>Whether an entry is in a set.</summary>
    public static bool Has(ReadOnlySpan<ulong> set, int entry) => (set[entry / Bits] >> (entry % Bits) & 1) != 0;

    /// <summary>Puts an entry into a set.</summary>
    public static void Add(Span<ulong> set, int entry) => set[entry / Bits] |= 1UL << (entry % Bits);

    /// <summary>Puts all of another set into one of the same length.</summary>
    public static void Unite(Span<ulong> set, ReadOnlySpan<ulong> other)
    {
        var wide = MemoryMarshal.Cast<ulong, Vector<ulong>>(set);
        var wideOther = MemoryMarshal.Cast<ulong, Vector<ulong>>(other);
        for (var i = 0; i < wide.Length; i++)
            wide[i] |= wideOther[i];
        for (var i = wide.Length * Vector<ulong>.Count; i < set.Length; i++)
            set[i] |= other[i];
    }

    /// <summary>Leaves what is in another set of the same length too.</summary>
    public static void Intersect(Span<ulong> set, ReadOnlySpan<ulong> other)
    {
        var wide = MemoryMarshal.Cast<ulong, Vector<ulong>>(set);
        var wideOther = MemoryMarshal.Cast<ulong, Vector<ulong>>(other);
        for (var i = 0; i < wide.Length; i++)
            wide[i] &= wideOther[i];
        for (var i = wide.Length * Vector<ulong>.Count; i < set.Length; i++)
            set[i] &= other[i];
    }

    /// <summary>Leaves what is not in another set of the same length.</summary>
    public static void Subtract(Span<ulong> set, ReadOnlySpan<ulong> other)
    {
        var wide = MemoryMarshal.Cast<ulong, Vector<ulong>>(set);
        var wideOther = MemoryMarshal.Cast<ulong, Vector<ulong>>(other);
        for (var i = 0; i < wide.Length; i++)
            wide[i] = Vector.AndNot(wide[i], wideOther[i]);
        for (var i = wide.Length * Vector<ulong>.Count; i < set.Length; i++)
            set[i] &= ~other[i];
    }

    /// <summary>Adds the first entries of a set to a list, in order, until there are so many.</summary>
    public static void ListFirst(ReadOnlySpan<ulong> set, int most, ICollection<int> entries)
    {
        for (var i = 0; i < set.Length; i++)
        {
            for (var left = set[i]; left != 0; left &= left - 1)
            {
                if (most-- == 0)
                    return;

                entries.Add((i * Bits) + BitOperations.TrailingZeroCount(left));
            }
        }
    }
}
