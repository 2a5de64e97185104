using System.Collections.Concurrent;
using System.Net;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Messages.Layouts;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Protocol.Tests.Support;

/// <summary>
/// A far side that never pauses: between what a test has it say there is always something that needs no answer.
/// </summary>
internal sealed class RestlessConnection : IConnection
{
    private static readonly byte[] Chatter = FrameOf(PeerMessage.Have(0, default, HaveKind.None));
    private readonly ConcurrentQueue<byte[]> _said = new();
    private readonly TaskCompletionSource _disposing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _mayDispose = new(initialState: true);
    private TaskCompletionSource? _held;
    private volatile bool _isHoldingUp;
    private volatile bool _isOver;
    private volatile bool _isDisposed;
    private int _receives;

    public PeerId? RemoteId => null;

    public EndPoint RemoteEndPoint { get; } = new IPEndPoint(IPAddress.Loopback, 1);

    public bool IsDisposed => _isDisposed;

    /// <summary>True once something was sent that it does not read.</summary>
    public bool IsHoldingUp => _isHoldingUp;

    /// <summary>Completes once it is being disposed of.</summary>
    public Task Disposing => _disposing.Task;

    /// <summary>How often bytes were received.</summary>
    public int Receives => Volatile.Read(ref _receives);

    /// <summary>Says something next.</summary>
    public void Say(byte[] frame) => _said.Enqueue(frame);

    /// <inheritdoc cref="Say(byte[])"/>
    public void Say(in PeerMessage message) => Say(FrameOf(message));

    /// <summary>Reads nothing until <see cref="ReadOn"/>.</summary>
    public void StopReading() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ReadOn() => Interlocked.Exchange(ref _held, null)?.SetResult();

    /// <summary>Has disposals wait until <see cref="LetDispose"/>.</summary>
    public void HoldDispose() => _mayDispose.Reset();

    public void LetDispose() => _mayDispose.Set();

    /// <summary>Closes, after what was said.</summary>
    public void End() => _isOver = true;

    public ValueTask<int> ReceiveAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        if (_isDisposed)
            return ValueTask.FromException<int>(new IOException("disposed"));
        if (destination.IsEmpty)
            return new ValueTask<int>(0);

        Interlocked.Increment(ref _receives);
        if (!_said.TryDequeue(out var frame))
            frame = _isOver ? [] : Chatter;

        frame.CopyTo(destination);
        return new ValueTask<int>(frame.Length);
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        if (_isDisposed)
            return ValueTask.FromException(new IOException("disposed"));

        _isHoldingUp = _held is not null;
        return _held is { } held ? new ValueTask(held.Task) : default;
    }

    public void EndSending()
    {
        // It does not mind.
    }

    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        _disposing.TrySetResult();
        _mayDispose.Wait();
        Interlocked.Exchange(ref _held, null)?.SetException(new IOException("disposed"));
        return default;
    }

    private static byte[] FrameOf(in PeerMessage message)
    {
        var frame = new byte[MessageCodec.MaxPrefixLength];
        return frame[..MessageCodec.Write(message, default, frame)];
    }
}
