using System.Runtime.CompilerServices;
using FASTER.core;
using SpotifyCore.Content.Identity;
using SpotifyCore.Storage.Cache.Presence;

namespace SpotifyCore.Storage.Cache.Log;

using Session = ClientSession<RecordKey, RecordValue, LogInput, LogOutput, Empty, LogFunctions>;

/// <summary>A session of FASTER's with functions of its own. One operation at a time, on any thread.</summary>
internal sealed class LogSession : IDisposable
{
    private static RecordValue _none;

    private readonly LogFunctions _functions = new();
    private readonly Session _session;

    public LogSession(FasterKV<RecordKey, RecordValue> store) =>
        _session = store.For(_functions).NewSession<LogFunctions>();

    /// <summary>Appends a record, or finds the same one where it may still be written.</summary>
    public unsafe ChunkPlace Append(ChunkId chunk, ReadOnlySpan<byte> payload)
    {
        fixed (byte* pinned = payload)
        {
            var key = new RecordKey(chunk);
            var input = new LogInput
            {
                Key = key, Payload = pinned, Length = payload.Length, Hash = RecordHash.Of(chunk, payload),
            };
            var output = default(LogOutput);
            _session.Upsert(ref key, ref input, ref _none, ref output);
            return new ChunkPlace(output.Address, payload.Length);
        }
    }

    /// <summary>
    /// Copies a record that is in memory. When it left memory just now, FASTER reads it from disk and nobody waits
    /// for that: the session is no longer <see cref="IsReady"/>, and the destination is left alone.
    /// </summary>
    public unsafe bool TryRead(ChunkId chunk, ChunkPlace place, Span<byte> destination)
    {
        fixed (byte* pinned = destination)
        {
            var input = new LogInput { Key = new RecordKey(chunk), Length = place.Length };
            var output = new LogOutput { Destination = pinned };
            var options = default(ReadOptions);
            SetStartAddress(ref options, place.Address);
            var status = _session.ReadAtAddress(ref input, ref output, ref options);
            _functions.IsReadAbandoned = status.IsPending;
            return !status.IsPending && status.Found && output.Length == place.Length;
        }
    }

    /// <summary>False while a read that nobody waits for is under way.</summary>
    public bool IsReady => !_functions.IsReadAbandoned;

    /// <summary>Ends when the session is ready again.</summary>
    public async Task WhenReadyAsync()
    {
        await _session.CompletePendingAsync();
        _functions.IsReadAbandoned = false;
    }

    public void Dispose() => _session.Dispose();

    // FASTER documents the property as what to set for ReadAtAddress and left its setter internal.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_StartAddress")]
    private static extern void SetStartAddress(ref ReadOptions options, long address);
}
