using System.Buffers;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Playback.Feeding;

/// <summary>
/// A bounded window of one play's sealed chunks between whoever fetches them and the player. It holds the chunks
/// from <see cref="Next"/> on, in any order of arrival; the player takes them in order and the window slides.
/// Safe for one producer and one consumer on different threads. Its memory is lent by the shared pool from construction
/// until the player lets go of the track; a feed that no player took leaves it to the collector.
/// </summary>
public sealed class ChunkFeed
{
    /// <summary>Chunks in a window unless another number is given: 256 KiB, some 13 s at 160 kbps.</summary>
    public const int DefaultWindow = 16;

    private readonly Lock _gate = new();
    private readonly Manifest _manifest;
    private readonly bool[] _present;
    private byte[] _chunks;
    private Action? _arrived;
    private string? _failure;
    private uint _next;
    private int _epoch;
    private bool _isClosed;

    /// <summary>Makes an empty window at the start of the file.</summary>
    public ChunkFeed(Manifest manifest, int windowChunks = DefaultWindow)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentOutOfRangeException.ThrowIfLessThan(windowChunks, 1);
        _manifest = manifest;
        Window = (int)Math.Min((uint)windowChunks, manifest.ChunkCount);
        _chunks = ArrayPool<byte>.Shared.Rent(Window * Manifest.ChunkSize);
        _present = new bool[Window];
    }

    /// <summary>How many chunks fit at once.</summary>
    public int Window { get; }

    /// <summary>
    /// The first chunk that the player has not taken yet; the number of chunks at the end of the file.
    /// </summary>
    public uint Next
    {
        get
        {
            lock (_gate)
                return _next;
        }
    }

    /// <summary>What the last <see cref="Reposition"/> returned; 0 before any.</summary>
    public int Epoch
    {
        get
        {
            lock (_gate)
                return _epoch;
        }
    }

    /// <summary>
    /// Copies a verified, sealed chunk in. False, and nothing kept, when it lies outside the window
    /// (<see cref="Next"/> and the <see cref="Window"/> - 1 chunks after it), is there already, or the player is done.
    /// </summary>
    public bool Offer(uint index, ReadOnlySpan<byte> sealedChunk)
    {
        Action? arrived;
        lock (_gate)
        {
            if (_isClosed || index < _next || index - _next >= Window || index >= _manifest.ChunkCount)
                return false;

            ArgumentOutOfRangeException.ThrowIfNotEqual(sealedChunk.Length, _manifest.LengthOf(index));
            var slot = (int)(index % (uint)Window);
            if (_present[slot])
                return false;

            sealedChunk.CopyTo(_chunks.AsSpan(slot * Manifest.ChunkSize));
            _present[slot] = true;
            arrived = index == _next ? _arrived : null;
        }

        arrived?.Invoke();
        return true;
    }

    /// <summary>Says that no more chunks will come; the player sounds what is here and then fails the play.</summary>
    public void Fail(string reason)
    {
        Action? arrived;
        lock (_gate)
        {
            _failure ??= reason;
            arrived = _arrived;
        }

        arrived?.Invoke();
    }

    /// <summary>
    /// Moves the window, for a seek: chunks that lie in the new window stay, others are dropped. Called by
    /// <see cref="Playing.Player.Seek"/> on the thread of its caller, so that what is offered next already fits.
    /// </summary>
    /// <returns>The <see cref="Epoch"/> that <see cref="TryTake"/> must name from now on.</returns>
    public int Reposition(uint chunk)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(chunk, _manifest.ChunkCount);
        lock (_gate)
        {
            for (var offset = 0; offset < Window; offset++)
            {
                var held = _next + (uint)offset;
                if (held < chunk || held - chunk >= Window)
                    _present[(int)(held % (uint)Window)] = false;
            }

            _next = chunk;
            return ++_epoch;
        }
    }

    /// <summary>Copies the next chunk out, still sealed, and slides the window past it.</summary>
    /// <param name="epoch">The <see cref="Epoch"/> that the taker knows.</param>
    /// <param name="destination">Room for <see cref="Manifest.ChunkSize"/> bytes.</param>
    /// <param name="taken">Which chunk it is and how long.</param>
    public FeedStatus TryTake(int epoch, Span<byte> destination, out TakenChunk taken)
    {
        taken = default;
        lock (_gate)
        {
            if (epoch != _epoch)
                return FeedStatus.Moved;

            if (_next == _manifest.ChunkCount)
                return FeedStatus.End;

            var slot = (int)(_next % (uint)Window);
            if (!_present[slot])
                return _failure is null ? FeedStatus.Empty : FeedStatus.Failed;

            var length = _manifest.LengthOf(_next);
            _chunks.AsSpan(slot * Manifest.ChunkSize, length).CopyTo(destination);
            _present[slot] = false;
            taken = new TakenChunk(_next++, length);
            return FeedStatus.Taken;
        }
    }

    /// <summary>Why the producer gave up, or null while it has not.</summary>
    public string? Failure
    {
        get
        {
            lock (_gate)
                return _failure;
        }
    }

    /// <summary>
    /// Has <paramref name="arrived"/> called, on the producer's thread, when the next chunk is there or never
    /// will be.
    /// </summary>
    internal void Attach(Action arrived)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _arrived = arrived;
        }
    }

    /// <summary>The player is done with the track: gives the memory back. What is offered later is not kept.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            if (_isClosed)
                return;

            _isClosed = true;
            _arrived = null;
            _present.AsSpan().Clear();
            ArrayPool<byte>.Shared.Return(_chunks);
            _chunks = [];
        }
    }
}
