using FASTER.core;

namespace SpotifyCore.Storage.Cache.Log;

/// <summary>
/// Where FASTER's index goes at a checkpoint, and comes from: nowhere, and empty. Records from before are found by
/// their addresses, which the cache's directory has; the index is only for those put since the log was opened.
/// </summary>
internal sealed unsafe class EmptyIndexDevice() : StorageDeviceBase("index", SectorBytes, CapacityUnspecified)
{
    private const uint SectorBytes = 512;
    private const long CapacityUnspecified = -1;

    public override void WriteAsync(
        IntPtr sourceAddress,
        int segmentId,
        ulong destinationAddress,
        uint numBytesToWrite,
        DeviceIOCompletionCallback callback,
        object context) => callback(0, numBytesToWrite, context);

    public override void ReadAsync(
        int segmentId,
        ulong sourceAddress,
        IntPtr destinationAddress,
        uint readLength,
        DeviceIOCompletionCallback callback,
        object context)
    {
        new Span<byte>((void*)destinationAddress, (int)readLength).Clear();
        callback(0, readLength, context);
    }

    public override void RemoveSegmentAsync(int segment, AsyncCallback callback, IAsyncResult result) =>
        callback(result);

    public override void Dispose()
    {
    }
}
