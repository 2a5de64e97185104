#!/usr/bin/env bash
# Guess: the status of FASTER's Upsert and Delete says whether the key was there: Found if so, NotFound if it is new.
# Seen, Microsoft.FASTER.Core 2.6.5: only while its newest record lies in the mutable part of the log. Once that
# record has become read-only, still in memory, or gone to the device, both say NotFound of a key that Read and RMW do
# find. And where a shorter value was written over a longer one in place, the room is lost: the old length again says
# NotFound and appends a record. A cache that counts entries and bytes by this status counts a chunk again when it is
# put again.
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
    <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.FASTER.Core" Version="2.6.5" /></ItemGroup>
</Project>
PROJECT
cat >Program.cs <<'PROGRAM'
using FASTER.core;

using var device = Devices.CreateLogDevice(Path.Combine(Environment.CurrentDirectory, "data", "log"));
using var store = new FasterKV<long, long>(
    1L << 16, new LogSettings { LogDevice = device, PageSizeBits = 12, MemorySizeBits = 20 });
using var session = store.For(new SimpleFunctions<long, long>()).NewSession<SimpleFunctions<long, long>>();
var key = 0L;
foreach (var place in new[] { "nowhere", "mutable", "read-only", "device" })
{
    string Ask(string name, Func<long, Status> operation)
    {
        key++;
        if (place != "nowhere")
            session.Upsert(key, 1);
        if (place == "read-only")
            store.Log.ShiftReadOnlyAddress(store.Log.TailAddress, wait: true);
        if (place == "device")
            store.Log.FlushAndEvict(wait: true);
        var status = operation(key);
        if (status.IsPending)
        {
            session.CompletePendingWithOutputs(out var outputs, wait: true);
            outputs.Next();
            status = outputs.Current.Status;
            outputs.Dispose();
        }

        return $"{name} {(status.Found ? "Found" : status.NotFound ? "NotFound" : "neither")}";
    }

    Console.WriteLine($"{place}: {Ask("Read", k => session.Read(k).status)}, {Ask("RMW", k => session.RMW(k, 2))}, " +
        $"{Ask("Upsert", k => session.Upsert(k, 2))}, {Ask("Delete", k => session.Delete(k))}");
}

using var chunks = new FasterKV<SpanByte, SpanByte>(
    1L << 10, new LogSettings { LogDevice = new NullDevice(), PageSizeBits = 20, MemorySizeBits = 24 });
using var writer = chunks.For(new SpanByteFunctions<Empty>()).NewSession<SpanByteFunctions<Empty>>();
foreach (var length in new[] { 1000, 1000, 500, 1000 })
    Console.WriteLine($"Upsert of {length} bytes: {Put(length)}");

unsafe string Put(int length)
{
    byte* name = stackalloc byte[8], value = stackalloc byte[1000];
    var (chunk, content) = (SpanByte.FromPointer(name, 8), SpanByte.FromPointer(value, length));
    var tail = chunks.Log.TailAddress;
    var status = writer.Upsert(ref chunk, ref content);
    return $"{(status.Found ? "Found" : "NotFound")}, the log grows by {chunks.Log.TailAddress - tail}";
}
PROGRAM
dotnet run -c Release -v quiet >seen
cat seen
diff seen - <<'SEEN'
nowhere: Read NotFound, RMW NotFound, Upsert NotFound, Delete NotFound
mutable: Read Found, RMW Found, Upsert Found, Delete Found
read-only: Read Found, RMW Found, Upsert NotFound, Delete NotFound
device: Read Found, RMW Found, Upsert NotFound, Delete NotFound
Upsert of 1000 bytes: NotFound, the log grows by 1032
Upsert of 1000 bytes: Found, the log grows by 0
Upsert of 500 bytes: Found, the log grows by 0
Upsert of 1000 bytes: NotFound, the log grows by 1032
SEEN
