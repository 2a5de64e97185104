#!/usr/bin/env bash
# Guess: Concentus, a port of libopus, decodes every packet that libopus's own encoder makes.
# Seen, Concentus 2.2.2 and Debian's libopus 1.3.1: with discontinuous transmission the encoder sends silence as packets of
# a table-of-contents byte alone. libopus decodes each to 20 ms; Concentus decodes those of music (CELT) and raises an
# OpusException for every one of speech ("Specified argument was out of the range"). A player that takes an exception for
# damage stops in the first pause of a voice.
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
Encode("speech", LibOpus.Voip, 16_000);
Encode("music", LibOpus.Audio, 96_000);

// One second of a tone, then silence for five; what the encoder makes of the silence goes to both decoders.
static void Encode(string name, int application, int bitsPerSecond)
{
    var encoder = LibOpus.opus_encoder_create(48_000, 1, application, out _);
    LibOpus.opus_encoder_ctl(encoder, LibOpus.SetBitrate, bitsPerSecond);
    LibOpus.opus_encoder_ctl(encoder, LibOpus.SetDtx, 1);
    var native = LibOpus.opus_decoder_create(48_000, 1, out _);
    var managed = OpusCodecFactory.CreateDecoder(48_000, 1);
    var (pcm, decoded, packet) = (new short[960], new short[5760], new byte[1500]);
    var (silent, byNative, byManaged, raised) = (0, 0, 0, 0);
    for (var frame = 0; frame < 300; frame++)
    {
        for (var i = 0; i < pcm.Length; i++)
            pcm[i] = frame < 50 ? (short)(8000 * Math.Sin((frame * 960 + i) * 0.03)) : (short)0;
        var length = LibOpus.opus_encode(encoder, pcm, 960, packet, packet.Length);
        var one = length == 1;
        silent += one ? 1 : 0;
        byNative += LibOpus.opus_decode(native, packet, length, decoded, 5760, 0) == 960 && one ? 1 : 0;
        try { byManaged += managed.Decode(packet.AsSpan(0, length), decoded.AsSpan(), 5760) == 960 && one ? 1 : 0; }
        catch (OpusException) when (one) { raised++; }
    }

    Console.WriteLine($"{name}: packets of one byte {silent > 100}, libopus decodes all {byNative == silent}, " +
        $"Concentus decodes all {byManaged == silent}, raises for all {raised == silent}");
}

internal static class LibOpus
{
    public const int Voip = 2048, Audio = 2049, SetBitrate = 4002, SetDtx = 4016;
    private const string Library = "libopus.so.0";

    [DllImport(Library)] public static extern nint opus_encoder_create(int rate, int channels, int application, out int error);
    [DllImport(Library)] public static extern int opus_encoder_ctl(nint encoder, int request, int value);
    [DllImport(Library)] public static extern int opus_encode(nint encoder, short[] pcm, int samples, byte[] packet, int room);
    [DllImport(Library)] public static extern nint opus_decoder_create(int rate, int channels, out int error);
    [DllImport(Library)] public static extern int opus_decode(nint decoder, byte[] packet, int length, short[] pcm, int samples, int fec);
}
PROGRAM
dotnet run -c Release -v quiet >seen
cat seen
diff seen - <<'SEEN'
speech: packets of one byte True, libopus decodes all True, Concentus decodes all False, raises for all True
music: packets of one byte True, libopus decodes all True, Concentus decodes all True, raises for all False
SEEN
