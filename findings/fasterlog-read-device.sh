#!/usr/bin/env bash
# Guess: FasterLog is a hybrid log: ReadAsync of a record that still is in its memory is answered from memory, as a read of
# FasterKV is.
# Seen, Microsoft.FASTER.Core 2.6.5: ten reads of a record that was written a moment ago (16 MiB of memory, 1 KiB of log)
# are ten reads of the device. A scan iterator over the same record reads the device not once.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export NUGET_PACKAGES=$work/packages
cd "$work"

cat >trial.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.FASTER.Core" Version="2.6.5" /></ItemGroup>
</Project>
PROJECT
cat >Program.cs <<'PROGRAM'
using FASTER.core;

var device = new CountingDevice(Devices.CreateLogDevice(Path.Combine(Environment.CurrentDirectory, "data", "log")));
using var log = new FasterLog(new FasterLogSettings
{
    LogDevice = device, PageSize = 1L << 20, MemorySize = 1L << 24, SegmentSize = 1L << 26,
});
var address = log.Enqueue(new byte[1000]);
log.Commit(spinWait: true);

var before = device.Reads;
for (var i = 0; i < 10; i++)
    await log.ReadAsync(address, 1000);
Console.WriteLine($"10 calls of ReadAsync: {device.Reads - before} reads of the device");

before = device.Reads;
for (var i = 0; i < 10; i++)
{
    using var scan = log.Scan(address, log.TailAddress);
    if (!scan.GetNext(out _, out var length, out _) || length != 1000)
        throw new InvalidDataException("The record is not where it was written.");
}

Console.WriteLine($"10 scans: {device.Reads - before} reads of the device");

internal sealed class CountingDevice(IDevice inner) : StorageDeviceBase(inner.FileName, inner.SectorSize, inner.Capacity)
{
    private int _reads;

    public int Reads => _reads;

    public override void Initialize(long segmentSize, LightEpoch? epoch = null, bool omitSegmentIdFromFileName = false)
    {
        base.Initialize(segmentSize, epoch, omitSegmentIdFromFileName);
        inner.Initialize(segmentSize, epoch, omitSegmentIdFromFileName);
    }

    public override void ReadAsync(int segment, ulong source, nint destination, uint length,
        DeviceIOCompletionCallback callback, object context)
    {
        Interlocked.Increment(ref _reads);
        inner.ReadAsync(segment, source, destination, length, callback, context);
    }

    public override void WriteAsync(nint source, int segment, ulong destination, uint length,
        DeviceIOCompletionCallback callback, object context) =>
        inner.WriteAsync(source, segment, destination, length, callback, context);

    public override void RemoveSegmentAsync(int segment, AsyncCallback callback, IAsyncResult result) =>
        inner.RemoveSegmentAsync(segment, callback, result);

    public override void Dispose() => inner.Dispose();
}
PROGRAM
dotnet run -c Release -v quiet -p:NoWarn=CS8632 >seen
cat seen
diff seen - <<'SEEN'
10 calls of ReadAsync: 10 reads of the device
10 scans: 0 reads of the device
SEEN
