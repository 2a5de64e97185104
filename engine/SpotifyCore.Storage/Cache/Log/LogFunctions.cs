using FASTER.core;

namespace SpotifyCore.Storage.Cache.Log;

/// <summary>
/// Moves payloads between FASTER's pages and the caller's memory with one copy. Records never change once written.
/// For one session.
/// </summary>
internal sealed unsafe class LogFunctions : FunctionsBase<RecordKey, RecordValue, LogInput, LogOutput, Empty>
{
    /// <summary>True when the caller of a read has gone on, and his memory with him.</summary>
    public bool IsReadAbandoned { get; set; }

    public override bool SingleWriter(
        ref RecordKey key,
        ref LogInput input,
        ref RecordValue src,
        ref RecordValue dst,
        ref LogOutput output,
        ref UpsertInfo upsertInfo,
        WriteReason reason)
    {
        dst.Hash = input.Hash;
        dst.Length = input.Length;
        dst.Unused = default;
        new ReadOnlySpan<byte>(input.Payload, input.Length).CopyTo(dst.Payload);
        output.Address = upsertInfo.Address;
        return true;
    }

    // The record that is there already holds the same bytes.
    public override bool ConcurrentWriter(
        ref RecordKey key,
        ref LogInput input,
        ref RecordValue src,
        ref RecordValue dst,
        ref LogOutput output,
        ref UpsertInfo upsertInfo)
    {
        output.Address = upsertInfo.Address;
        return true;
    }

    public override bool SingleReader(
        ref RecordKey key, ref LogInput input, ref RecordValue value, ref LogOutput dst, ref ReadInfo readInfo) =>
        TryCopy(ref key, ref input, ref value, ref dst);

    public override bool ConcurrentReader(
        ref RecordKey key, ref LogInput input, ref RecordValue value, ref LogOutput dst, ref ReadInfo readInfo) =>
        TryCopy(ref key, ref input, ref value, ref dst);

    private bool TryCopy(ref RecordKey key, ref LogInput input, ref RecordValue value, ref LogOutput output)
    {
        if (IsReadAbandoned || !key.Equals(input.Key) || value.Length != input.Length)
            return false;

        ((ReadOnlySpan<byte>)value.Payload)[..value.Length].CopyTo(new Span<byte>(output.Destination, value.Length));
        output.Length = value.Length;
        return true;
    }
}
