using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using SpotifyCore.Search.Indexing;

namespace SpotifyCore.Search.Segments;

/// <summary>
/// Entries in order of their places, and their terms in order of their bytes, each with the entries that have it. It
/// never changes. Owns its memory. Safe for many threads until it is disposed.
/// </summary>
internal sealed class Segment : IDisposable
{
    private const int ChecksumStep = 1 << 30;

    private readonly SegmentMemory _memory;
    private readonly SegmentHeader _header;
    private readonly SegmentLayout _layout;

    /// <summary>Takes over memory that was written by a <see cref="SegmentWriter"/>.</summary>
    public Segment(SegmentMemory memory)
    {
        _memory = memory;
        _header = memory.Part<SegmentHeader>(0, 1)[0];
        _layout = new SegmentLayout(_header.Entries, _header.TermRoom, _header.PostingRoom, _header.TextRoom);
    }

    /// <summary>What it is.</summary>
    public SegmentHeader Header => _header;

    /// <summary>Whether it is a file, not in memory alone.</summary>
    public bool IsFile => _memory.IsFile;

    /// <summary>How many entries.</summary>
    public int Entries => _header.Entries;

    /// <summary>How many terms.</summary>
    public int Terms => _header.Terms;

    /// <summary>How many entries the terms have, all together.</summary>
    public int Postings => Terms == 0 ? 0 : PostingEnds[Terms - 1];

    /// <summary>How long the terms are, all together, in bytes.</summary>
    public int Text => Terms == 0 ? 0 : TextEnds[Terms - 1];

    /// <summary>The places of the entries, in order.</summary>
    public ReadOnlySpan<long> Places => _memory.Part<long>(_layout.Places, Entries);

    private ReadOnlySpan<int> TextEnds => _memory.Part<int>(_layout.TextEnds, Terms);

    private ReadOnlySpan<int> PostingEnds => _memory.Part<int>(_layout.PostingEnds, Terms);

    /// <summary>Opens a file and checks all of it.</summary>
    /// <exception cref="InvalidDataException">It is no index, another version's, or damaged.</exception>
    public static Segment Open(string path)
    {
        var memory = SegmentMemory.Open(path);
        try
        {
            var header = memory.Part<SegmentHeader>(0, 1)[0];
            if (header.Magic != SegmentHeader.Expected || header.Length != memory.Length
                || header.Checksum != ChecksumOf(memory, memory.Length))
                throw new InvalidDataException("It is no index of this version, or damaged.");

            return new Segment(memory);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    /// <summary>The checksum of what lies behind it in a segment of some length.</summary>
    public static ulong ChecksumOf(SegmentMemory memory, long length)
    {
        var hash = new XxHash3();
        var offset = (long)Marshal.OffsetOf<SegmentHeader>(nameof(SegmentHeader.Length));
        for (int step; offset < length; offset += step)
        {
            step = (int)Math.Min(ChecksumStep, length - offset);
            hash.Append(memory.Part<byte>(offset, step));
        }

        return hash.GetCurrentHashAsUInt64();
    }

    /// <summary>How often an entry was played.</summary>
    public long PlaysOf(int entry) => _memory.Part<long>(_layout.Plays, Entries)[entry];

    /// <summary>When an entry came: the larger, the later.</summary>
    public long AddedOf(int entry) => _memory.Part<long>(_layout.Added, Entries)[entry];

    /// <summary>The id of an entry.</summary>
    public string IdOf(int entry) => Encoding.UTF8.GetString(Term(TermsOf(entry)[^1])[1..]);

    /// <summary>The terms of an entry, in order.</summary>
    public ReadOnlySpan<int> TermsOf(int entry)
    {
        var ends = _memory.Part<int>(_layout.EntryTermEnds, Entries);
        var start = entry == 0 ? 0 : ends[entry - 1];
        return _memory.Part<int>(_layout.EntryTerms, Postings)[start..ends[entry]];
    }

    /// <summary>A term, with its mark, in UTF-8.</summary>
    public ReadOnlySpan<byte> Term(int term)
    {
        var ends = TextEnds;
        var start = term == 0 ? 0 : ends[term - 1];
        return _memory.Part<byte>(_layout.TextAt, _header.TextRoom)[start..ends[term]];
    }

    /// <summary>The entries that have a term of a range: those of its first term in order, then those of the next.</summary>
    public ReadOnlySpan<int> EntriesOf(TermRange range)
    {
        if (range.IsEmpty)
            return [];

        var ends = PostingEnds;
        var start = range.From == 0 ? 0 : ends[range.From - 1];
        return _memory.Part<int>(_layout.PostingsAt, _header.PostingRoom)[start..ends[range.To - 1]];
    }

    /// <summary>Adds the entries that have a term of a range to a set.</summary>
    public void Add(TermRange range, Span<ulong> set)
    {
        var entries = EntriesOf(range);
        if (entries.Length >= _layout.ManyEntries)
        {
            var at = _memory.Part<ulong>(_layout.Ranges, _header.Ranges).BinarySearch(KeyOf(range));
            if (at >= 0)
            {
                var length = (int)_layout.SetLength;
                EntryBits.Unite(set, _memory.Part<ulong>(_layout.Sets + (8L * length * at), length));
                return;
            }
        }

        foreach (var entry in entries)
            EntryBits.Add(set, entry);
    }

    /// <summary>By what a range is known that has a set of its own.</summary>
    public static ulong KeyOf(TermRange range) => ((ulong)(uint)range.From << 32) | (uint)range.To;

    /// <summary>The terms that begin so.</summary>
    public TermRange Find(ReadOnlySpan<byte> beginning)
    {
        var from = FirstFrom(beginning);
        if (from == Terms || !Term(from).StartsWith(beginning))
            return new TermRange(from, from, HasWhole: false);

        // Most beginnings have few terms: from the first on in ever longer steps, then back to the last.
        var (inside, step) = (from, 1);
        for (; inside + step < Terms && Term(inside + step).StartsWith(beginning); step *= 2)
            inside += step;

        var outside = Math.Min(inside + step, Terms);
        while (outside - inside > 1)
        {
            var middle = inside + ((outside - inside) / 2);
            if (Term(middle).StartsWith(beginning))
                inside = middle;
            else
                outside = middle;
        }

        return new TermRange(from, outside, Term(from).Length == beginning.Length);
    }

    /// <summary>The first term that is not before a text; how many there are, when there is none.</summary>
    public int FirstFrom(ReadOnlySpan<byte> text)
    {
        var (from, to) = (0, Terms);
        while (from < to)
        {
            var middle = from + ((to - from) / 2);
            if (Term(middle).SequenceCompareTo(text) < 0)
                from = middle + 1;
            else
                to = middle;
        }

        return from;
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
