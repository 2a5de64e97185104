using System.Runtime.CompilerServices;

namespace SpotifyCore.Protocol.Transports;

/// <summary>A bounded ring of bytes with one reader and one writer, who wait for each other.</summary>
internal sealed class MemoryPipe(int capacity)
{
    private readonly Lock _gate = new();
    private readonly byte[] _ring = new byte[capacity];
    private readonly MemoryPipeWaiter _reader = new();
    private readonly MemoryPipeWaiter _writer = new();
    private Memory<byte> _destination;
    private int _start;
    private int _count;
    private bool _readerGone;
    private bool _writerGone;

    /// <summary>Reads at least one byte, 0 once the writer is gone; an empty destination waits for bytes.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<int>(cancellationToken);

        ValueTask<int> waiting;
        lock (_gate)
        {
            if (_readerGone)
                return ValueTask.FromException<int>(Lost());
            if (TryTake(destination, out var taken))
                return ValueTask.FromResult(taken);

            _destination = destination;
            waiting = _reader.WaitAsync();
        }

        return cancellationToken.CanBeCanceled ? OrCancelledAsync(waiting, _reader, cancellationToken) : waiting;
    }

    /// <summary>Writes a part of the source, as much as there is room for; 0 after it had to wait for room.</summary>
    public ValueTask<int> WriteSomeAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<int>(cancellationToken);

        ValueTask<int> waiting;
        lock (_gate)
        {
            if (_readerGone || _writerGone)
                return ValueTask.FromException<int>(Lost());
            if (_count < capacity)
                return ValueTask.FromResult(Put(source.Span));

            waiting = _writer.WaitAsync();
        }

        return cancellationToken.CanBeCanceled ? OrCancelledAsync(waiting, _writer, cancellationToken) : waiting;
    }

    /// <summary>The reader reads no more: whoever waits gets an exception.</summary>
    public void CloseReader()
    {
        lock (_gate)
        {
            _readerGone = true;
            Fail(_reader);
            Fail(_writer);
        }
    }

    /// <summary>The writer writes no more: the reader gets what is left, then the end.</summary>
    public void CloseWriter()
    {
        lock (_gate)
        {
            _writerGone = true;
            Fail(_writer);
            WakeReader();
        }
    }

    private static IOException Lost() => new("The connection was lost.");

    private static void Fail(MemoryPipeWaiter waiter)
    {
        if (waiter.IsWaiting)
            waiter.Complete(0, Lost());
    }

    private bool TryTake(Memory<byte> destination, out int taken)
    {
        taken = Math.Min(destination.Length, _count);
        if (_count == 0)
            return _writerGone;

        var first = Math.Min(taken, capacity - _start);
        _ring.AsSpan(_start, first).CopyTo(destination.Span);
        _ring.AsSpan(0, taken - first).CopyTo(destination.Span[first..]);
        _start = (_start + taken) % capacity;
        _count -= taken;
        if (taken > 0 && _writer.IsWaiting)
            _writer.Complete(0, null);

        return true;
    }

    private int Put(ReadOnlySpan<byte> source)
    {
        var put = Math.Min(source.Length, capacity - _count);
        var end = (_start + _count) % capacity;
        var first = Math.Min(put, capacity - end);
        source[..first].CopyTo(_ring.AsSpan(end));
        source[first..put].CopyTo(_ring);
        _count += put;
        WakeReader();
        return put;
    }

    private void WakeReader()
    {
        if (_reader.IsWaiting && TryTake(_destination, out var taken))
            _reader.Complete(taken, null);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> OrCancelledAsync(
        ValueTask<int> waiting, MemoryPipeWaiter waiter, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (pipe, cancelled) = ((MemoryPipe, MemoryPipeWaiter))state!;
                lock (pipe._gate)
                {
                    if (cancelled.IsWaiting)
                        cancelled.Complete(0, new OperationCanceledException(token));
                }
            },
            (this, waiter));
        return await waiting;
    }
}
