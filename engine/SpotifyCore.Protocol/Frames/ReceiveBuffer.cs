using System.Buffers;

namespace SpotifyCore.Protocol.Frames;

/// <summary>
/// Contiguous memory that received bytes wait in until whole frames are cut off its front. What is left of a frame
/// moves to the front when the space behind runs out. It holds no memory while it is empty and released. Owned by one
/// loop.
/// </summary>
/// <param name="size">Bytes of memory; at least twice the longest frame, so that little is moved.</param>
internal sealed class ReceiveBuffer(int size) : IDisposable
{
    private byte[]? _memory;
    private int _start;
    private int _end;

    /// <summary>True when everything received was consumed.</summary>
    public bool IsEmpty => _start == _end;

    /// <summary>What was received and not consumed; valid until space is asked for.</summary>
    public ReadOnlyMemory<byte> Unread => _memory.AsMemory(_start, _end - _start);

    /// <summary>Where to receive into.</summary>
    public Memory<byte> GetSpace()
    {
        _memory ??= ArrayPool<byte>.Shared.Rent(size);
        if (IsEmpty)
        {
            _start = _end = 0;
        }
        else if (_start > 0 && _memory.Length - _end < FrameHeader.MaxFrameLength)
        {
            _memory.AsSpan(_start, _end - _start).CopyTo(_memory);
            (_start, _end) = (0, _end - _start);
        }

        return _memory.AsMemory(_end);
    }

    /// <summary>Takes in that bytes were received into the front of the space.</summary>
    public void Received(int length) => _end += length;

    /// <summary>Forgets bytes at the front.</summary>
    public void Consumed(int length) => _start += length;

    /// <summary>Gives the memory back, when nothing is in it.</summary>
    public void Release()
    {
        if (IsEmpty)
            Dispose();
    }

    /// <summary>Gives the memory back, with all that is in it.</summary>
    public void Dispose()
    {
        if (_memory is { } memory)
            ArrayPool<byte>.Shared.Return(memory);

        _memory = null;
        _start = _end = 0;
    }
}
