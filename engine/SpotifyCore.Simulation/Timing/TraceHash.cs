using System.Buffers.Binary;
using System.IO.Hashing;

namespace SpotifyCore.Simulation.Timing;

/// <summary>XxHash3 over all that happens, in order: equal for equal seeds, in every process.</summary>
internal sealed class TraceHash
{
    private const int RecordSize = 24;

    private readonly XxHash3 _hash = new();
    private readonly byte[] _gathered = new byte[RecordSize * 256];
    private int _length;

    /// <summary>The hash so far.</summary>
    public ulong Current
    {
        get
        {
            Flush();
            return _hash.GetCurrentHashAsUInt64();
        }
    }

    public void Add(long at, int who, int what, long value)
    {
        var record = _gathered.AsSpan(_length, RecordSize);
        BinaryPrimitives.WriteInt64LittleEndian(record, at);
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], who);
        BinaryPrimitives.WriteInt32LittleEndian(record[12..], what);
        BinaryPrimitives.WriteInt64LittleEndian(record[16..], value);
        _length += RecordSize;
        if (_length == _gathered.Length)
            Flush();
    }

    private void Flush()
    {
        _hash.Append(_gathered.AsSpan(0, _length));
        _length = 0;
    }
}
