#!/usr/bin/env bash
# Guess: decoding Opus to float with Concentus keeps what lies above full scale, as libopus does (that is what float output
# is for: loudness is taken down before the peaks are cut).
# Seen, Concentus 2.2.2 and Debian's libopus 1.3.1: libopus gives back a tone of peak 1.4 as 1.4; Concentus as exactly 1.0,
# since its floats are 16-bit samples divided by 32,768. A player that lowers loud tracks plays them clipped.
set -euo pipefail
. "$(dirname "$0")/../tools/packages.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unpack_packages "$work/root" libopus0=1.3.1-3
export NUGET_PACKAGES=$work/packages
cd "$work"

cat >trial.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="Concentus" Version="2.2.2" /></ItemGroup>
</Project>
PROJECT
cat >Program.cs <<'PROGRAM'
using System.Runtime.InteropServices;
using Concentus;

OpusCodecFactory.AttemptToUseNativeLibrary = false;
var encoder = LibOpus.opus_encoder_create(48_000, 1, LibOpus.Audio, out _);
LibOpus.opus_encoder_ctl(encoder, LibOpus.SetBitrate, 256_000);
var native = LibOpus.opus_decoder_create(48_000, 1, out _);
var managed = OpusCodecFactory.CreateDecoder(48_000, 1);
var (pcm, decoded, packet) = (new float[960], new float[960], new byte[4000]);
var (nativePeak, managedPeak, whole) = (0f, 0f, true);
for (var frame = 0; frame < 50; frame++)
{
    for (var i = 0; i < pcm.Length; i++)
        pcm[i] = 1.4f * MathF.Sin((frame * 960 + i) * 0.05f);
    var length = LibOpus.opus_encode_float(encoder, pcm, 960, packet, packet.Length);
    LibOpus.opus_decode_float(native, packet, length, decoded, 960, 0);
    nativePeak = Math.Max(nativePeak, decoded.Max(MathF.Abs));
    managed.Decode(packet.AsSpan(0, length), decoded.AsSpan(), 960);
    managedPeak = Math.Max(managedPeak, decoded.Max(MathF.Abs));
    whole &= decoded.All(sample => sample * 32_768 == MathF.Round(sample * 32_768));
}

Console.WriteLine($"peak of the source 1.4, libopus {nativePeak:F1}, Concentus {managedPeak:F1}; every sample of Concentus a whole 16-bit step: {whole}");

internal static class LibOpus
{
    public const int Audio = 2049, SetBitrate = 4002;
    private const string Library = "libopus.so.0";

    [DllImport(Library)] public static extern nint opus_encoder_create(int rate, int channels, int application, out int error);
    [DllImport(Library)] public static extern int opus_encoder_ctl(nint encoder, int request, int value);
    [DllImport(Library)] public static extern int opus_encode_float(nint encoder, float[] pcm, int samples, byte[] packet, int room);
    [DllImport(Library)] public static extern nint opus_decoder_create(int rate, int channels, out int error);
    [DllImport(Library)] public static extern int opus_decode_float(nint decoder, byte[] packet, int length, float[] pcm, int samples, int fec);
}
PROGRAM
dotnet run -c Release -v quiet >seen
cat seen
diff seen - <<'SEEN'
peak of the source 1.4, libopus 1.4, Concentus 1.0; every sample of Concentus a whole 16-bit step: True
SEEN
