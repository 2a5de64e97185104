using System.Runtime.CompilerServices;
using FASTER.core;
using SpotifyCore.Content.Manifests;
using FasterSession = FASTER.core.ClientSession<
    long,
    SpotifyCore.Micro.Storage.RawFaster.Value,
    SpotifyCore.Micro.Storage.RawFaster.Memory,
    SpotifyCore.Micro.Storage.RawFaster.Memory,
    FASTER.core.Empty,
    SpotifyCore.Micro.Storage.RawFaster.Functions>;

namespace SpotifyCore.Micro.Storage;

/// <summary>
/// The reference: FASTER itself, a number for a key, 16 KiB for a value, nothing around it. Its own session, and each
/// that is opened, is used by one thread at a time.
/// </summary>
internal sealed unsafe class RawFaster : IDisposable
{
    private readonly IDevice _device;
    private readonly FasterKV<long, Value> _store;
    private readonly Session _session;

    public RawFaster(string directory, long memoryBytes, int count)
    {
        _device = Devices.CreateLogDevice(Path.Combine(directory, "raw.log"), deleteOnClose: true);
        _store = new FasterKV<long, Value>(
            count / 4,
            new LogSettings { LogDevice = _device, PageSizeBits = 20, MemorySizeBits = (int)Math.Log2(memoryBytes) },
            comparer: new Comparer(),
            concurrencyControlMode: ConcurrencyControlMode.None);
        _session = OpenSession();
        for (long i = 0; i < count; i++)
            Put(i, Chunks.Payload);
    }

    /// <summary>The share of the log that is in memory.</summary>
    public bool AllInMemory => _store.Log.HeadAddress == _store.Log.BeginAddress;

    /// <summary>A session for another thread; the caller's.</summary>
    public Session OpenSession() => new(_store.For(new Functions()).NewSession<Functions>());

    public void Put(long key, ReadOnlySpan<byte> payload) => _session.Put(key, payload);

    public int Read(long key, Span<byte> destination) => _session.Read(key, destination);

    public void EvictFromMemory() => _store.Log.FlushAndEvict(wait: true);

    /// <summary>Forgets all that has left memory, so that the log's files don't grow for ever.</summary>
    public void ForgetEvicted() => _store.Log.ShiftBeginAddress(_store.Log.HeadAddress, truncateLog: true);

    public void Dispose()
    {
        _session.Dispose();
        _store.Dispose();
        _device.Dispose();
    }

    internal sealed class Session(FasterSession session) : IDisposable
    {
        private Value _none;

        public void Put(long key, ReadOnlySpan<byte> payload)
        {
            fixed (byte* pinned = payload)
            {
                var input = new Memory { Bytes = pinned };
                var output = default(Memory);
                session.Upsert(ref key, ref input, ref _none, ref output);
            }
        }

        public int Read(long key, Span<byte> destination)
        {
            fixed (byte* pinned = destination)
            {
                var input = default(Memory);
                var output = new Memory { Bytes = pinned };
                var status = session.Read(ref key, ref input, ref output);
                if (status.IsPending)
                    session.CompletePending(wait: true);
                return Manifest.ChunkSize;
            }
        }

        public void Dispose() => session.Dispose();
    }

    [InlineArray(Manifest.ChunkSize)]
    internal struct Value
    {
        private byte _first;
    }

    internal struct Memory
    {
        public byte* Bytes;
    }

    private sealed class Comparer : IFasterEqualityComparer<long>
    {
        public long GetHashCode64(ref long k) => Utility.GetHashCode(k);

        public bool Equals(ref long k1, ref long k2) => k1 == k2;
    }

    internal sealed class Functions : FunctionsBase<long, Value, Memory, Memory, Empty>
    {
        public override bool SingleWriter(
            ref long key,
            ref Memory input,
            ref Value src,
            ref Value dst,
            ref Memory output,
            ref UpsertInfo upsertInfo,
            WriteReason reason)
        {
            new ReadOnlySpan<byte>(input.Bytes, Manifest.ChunkSize).CopyTo(dst);
            return true;
        }

        public override bool SingleReader(
            ref long key, ref Memory input, ref Value value, ref Memory dst, ref ReadInfo readInfo)
        {
            ((ReadOnlySpan<byte>)value).CopyTo(new Span<byte>(dst.Bytes, Manifest.ChunkSize));
            return true;
        }

        public override bool ConcurrentReader(
            ref long key, ref Memory input, ref Value value, ref Memory dst, ref ReadInfo readInfo)
        {
            ((ReadOnlySpan<byte>)value).CopyTo(new Span<byte>(dst.Bytes, Manifest.ChunkSize));
            return true;
        }
    }
}
