using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SpotifyCore.Playback.Output;
using SpotifyCore.Testing;

namespace SpotifyCore.Playback.Tests.Output;

public sealed class WavFileOutputTests : AudioOutputContract, IDisposable
{
    private readonly TempDirectory _directory = new();
    private int _files;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Write_AnySamples_AreRoundedToTheNearestStep()
    {
        var path = _directory["a.wav"];
        float[] samples = [0, 1, -1, 0.5f, 1.7f, -3, 0.6f / 32_768, -0.6f / 32_768, 0.4f / 32_768, 12_345f / 32_768];
        using (var output = new WavFileOutput(path))
            output.Write(samples);

        Assert.Equal(
            [0, 32_767, -32_768, 16_384, 32_767, -32_768, 1, -1, 0, 12_345],
            MemoryMarshal.Cast<byte, short>(Data(File.ReadAllBytes(path))).ToArray());
    }

    [Fact]
    public void Dispose_HeaderTellsTheFormatAndLength()
    {
        var path = _directory["b.wav"];
        using (var output = new WavFileOutput(path))
            output.Write(new float[100_000 * 2]);

        var file = File.ReadAllBytes(path);
        Assert.Equal(44 + 400_000, file.Length);
        Assert.Equal((uint)file.Length - 8, BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)));
        Assert.Equal(400_000, Data(file).Length);
    }

    [Fact]
    public void Write_WhileItGrows_TheFileIsValidAtEachMoment()
    {
        var path = _directory["c.wav"];
        using var output = new WavFileOutput(path);
        Assert.Equal(0, Data(ReadShared(path)).Length);
        for (var i = 0; i < 40; i++)
        {
            output.Write(new float[4_800 * 2]);
            var file = ReadShared(path);
            Assert.Equal(file.Length - 44, Data(file).Length);
        }

        output.Drain();
        Assert.Equal(40 * 4_800 * 4, Data(ReadShared(path)).Length);
    }

    [Fact]
    public void Open_NoSuchDirectory_SaysWhichFileAndWhy()
    {
        var path = Path.Combine(_directory.Path, "missing", "a.wav");

        var refusal = Assert.Throws<IOException>(() => new WavFileOutput(path));

        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_DiskFull_SaysSo()
    {
        // The kernel's always-full device stands for a disk; elsewhere there is none.
        if (!OperatingSystem.IsLinux())
            return;

        var refusal = Assert.Throws<IOException>(() => new WavFileOutput("/dev/full"));

        Assert.Contains("/dev/full", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("No space left", refusal.Message, StringComparison.OrdinalIgnoreCase);
    }

    internal static ReadOnlySpan<byte> Data(byte[] file)
    {
        Assert.Equal("RIFF"u8, file.AsSpan(0, 4));
        Assert.Equal("WAVEfmt "u8, file.AsSpan(8, 8));
        Assert.Equal(2, BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(22)));
        Assert.Equal(48_000, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(24)));
        Assert.Equal(16, BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(34)));
        Assert.Equal("data"u8, file.AsSpan(36, 4));
        return file.AsSpan(44, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(40)));
    }

    protected override IAudioOutput Open() => new WavFileOutput(_directory[$"contract{_files++}.wav"]);

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
