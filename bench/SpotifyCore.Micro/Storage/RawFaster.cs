using System.Runtime.CompilerServices;
using FASTER.core;
using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Micro.Storage;

/// <summary>
/// The reference: FASTER itself, a number for a key, 16 KiB for a value, one session, nothing around it.
/// </summary>
internal sealed unsafe class RawFaster : IDisposable
{
    private readonly IDevice _device;
    private readonly FasterKV<long, Value> _store;
    private readonly ClientSession<long, Value, Memory, Memory, Empty, Functions> _session;
    private Value _none;

    public RawFaster(string directory, long memoryBytes, int count)
    {
        _device = Devices.CreateLogDevice(Path.Combine(directory, "raw.log"), deleteOnClose: true);
        _store = new FasterKV<long, Value>(
            count / 4,
            new LogSettings { LogDevice = _device, PageSizeBits = 20, MemorySizeBits = (int)Math.Log2(memoryBytes) },
            comparer: new Comparer(),
            concurrencyControlMode: ConcurrencyControlMode.None);
        _session = _store.For(new Functions()).NewSession<Functions>();
        for (long i = 0; i < count; i++)
            Put(i, Chunks.Payload);
    }

    /// <summary>The share of the log that is in memory.</summary>
    public bool AllInMemory => _store.Log.HeadAddress == _store.Log.BeginAddress;

    public void Put(long key, ReadOnlySpan<byte> payload)
    {
        fixed (byte* pinned = payload)
        {
            var input = new Memory { Bytes = pinned };
            var output = default(Memory);
            _session.Upsert(ref key, ref input, ref _none, ref output);
        }
    }

    public int Read(long key, Span<byte> destination)
    {
        fixed (byte* pinned = destination)
        {
            var input = default(Memory);
            var output = new Memory { Bytes = pinned };
            var status = _session.Read(ref key, ref input, ref output);
            if (status.IsPending)
                _session.CompletePending(wait: true);
            return Manifest.ChunkSize;
        }
    }

    public void EvictFromMemory() => _store.Log.FlushAndEvict(wait: true);

    public void Dispose()
    {
        _session.Dispose();
        _store.Dispose();
        _device.Dispose();
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

    private sealed class Functions : FunctionsBase<long, Value, Memory, Memory, Empty>
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
