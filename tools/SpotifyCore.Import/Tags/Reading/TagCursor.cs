using System.Buffers.Binary;

namespace SpotifyCore.Import.Tags.Reading;

/// <summary>
/// Reads a part of a file forward. It never reads beyond the part, and takes memory only for what is there: a size that
/// a file claims is a limit, not an allocation. What ends early gives fewer bytes, never an exception.
/// </summary>
/// <param name="source">Where it reads, from the place it stands at; the caller's to dispose.</param>
/// <param name="length">Bytes of the part.</param>
internal sealed class TagCursor(Stream source, long length)
{
    private const int Step = 64 * 1024;

    private readonly Stream _source = source;
    private long _left = Math.Max(length, 0);
    private TagCursor? _part;
    private bool _isGivenUp;

    /// <summary>A part of a file that can be sought in.</summary>
    public static TagCursor At(Stream file, long start, long end)
    {
        start = Math.Min(start, file.Length);
        file.Position = start;
        return new TagCursor(file, Math.Min(end, file.Length) - start);
    }

    /// <summary>Bytes that are left, or more than those where the source ends early.</summary>
    public long Left
    {
        get
        {
            Settle();
            return _isGivenUp ? 0 : _left;
        }
    }

    /// <summary>Fills <paramref name="destination"/>; false, and nothing is left, when there is less.</summary>
    public bool TryRead(Span<byte> destination)
    {
        Settle();
        if (_isGivenUp)
            return false;

        var wanted = (int)Math.Min(destination.Length, _left);
        var read = _source.ReadAtLeast(destination[..wanted], wanted, throwOnEndOfStream: false);
        _left = read == destination.Length ? _left - read : 0;
        return read == destination.Length;
    }

    /// <summary>Reads what there is at once; 0 at the end.</summary>
    public int ReadSome(Span<byte> destination)
    {
        Settle();
        if (destination.IsEmpty || _isGivenUp)
            return 0;

        var read = _source.Read(destination[..(int)Math.Min(destination.Length, _left)]);
        _left = read == 0 ? 0 : _left - read;
        return read;
    }

    /// <summary>Reads so many bytes, or those that are left.</summary>
    public byte[] Read(int most)
    {
        Settle();
        var there = Math.Min(most, _left);

        // What is left of a file is known to be there; of what is decoded from it, nobody knows.
        var bytes = new byte[(int)(_source.CanSeek ? there : Math.Min(there, Step))];
        var count = 0;
        while (true)
        {
            while (count < bytes.Length && ReadSome(bytes.AsSpan(count)) is > 0 and var read)
                count += read;

            var room = (int)Math.Min(most - count, Math.Min(_left, bytes.Length));
            if (count < bytes.Length || room == 0)
                break;

            Array.Resize(ref bytes, count + room);
        }

        Array.Resize(ref bytes, count);
        return bytes;
    }

    /// <summary>
    /// Reads up to a NUL of so many bytes, and over it. Where none is within <paramref name="most"/> bytes, nothing
    /// is left.
    /// </summary>
    public byte[] ReadToNul(int width, int most)
    {
        var bytes = new List<byte>();
        Span<byte> unit = stackalloc byte[2];
        unit = unit[..width];
        while (TryRead(unit) && unit.ContainsAnyExcept((byte)0))
        {
            bytes.AddRange(unit);
            _isGivenUp = bytes.Count >= most;
        }

        return [.. bytes];
    }

    /// <summary>The next byte; 0 where there is none.</summary>
    public byte ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return TryRead(one) ? one[0] : (byte)0;
    }

    /// <summary>The next number of 32 bits, its highest byte first; 0 where there is none.</summary>
    public uint ReadUInt32BigEndian()
    {
        Span<byte> four = stackalloc byte[4];
        return TryRead(four) ? BinaryPrimitives.ReadUInt32BigEndian(four) : 0;
    }

    /// <summary>The next number of 32 bits, its lowest byte first; 0 where there is none.</summary>
    public uint ReadUInt32LittleEndian() => BinaryPrimitives.ReverseEndianness(ReadUInt32BigEndian());

    /// <summary>Goes over so many bytes.</summary>
    public void Skip(long count)
    {
        Settle();
        count = Math.Min(count, _left);
        _left -= count;
        if (_source.CanSeek)
        {
            _source.Position += count;
            return;
        }

        Span<byte> passed = stackalloc byte[1_024];
        while (count > 0 && _source.Read(passed[..(int)Math.Min(count, passed.Length)]) is > 0 and var read)
            count -= read;
    }

    /// <summary>
    /// The next bytes as a part of their own. Whatever is read of it, this cursor goes on behind it.
    /// </summary>
    public TagCursor Part(long size)
    {
        Settle();
        _part = new TagCursor(_source, Math.Min(size, _left));
        _left -= _part._left;
        return _part;
    }

    private void Settle()
    {
        var part = _part;
        _part = null;
        part?.Skip(part._left);
    }
}
