using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SpotifyCore.Import.Sources;

/// <summary>
/// Takes what is decoded, one part behind the other, to a file of samples. Floats are kept as such until the last has
/// come and the highest is known: where they pass full scale, all are scaled, so that none is cut.
/// </summary>
/// <param name="channels">1 or 2.</param>
/// <param name="isFloat">True where floats of 32 bits come in; else integers of 16.</param>
/// <param name="scratch">Room for the file.</param>
/// <param name="progress">Told how much is decoded.</param>
internal sealed class PcmWriter(int channels, bool isFloat, Scratch scratch, SourceProgress progress) : IDisposable
{
    private const int BufferSize = 256 * 1024;

    private readonly int _frame = channels * (isFloat ? sizeof(float) : sizeof(short));
    private readonly FileStream _file = scratch.CreateFile();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[BufferSize];
    private float _highest;
    private bool _isHandedOn;

    /// <summary>True where floats of 32 bit come in; else integers of 16.</summary>
    public bool IsFloat => isFloat;

    /// <summary>Bytes that have come.</summary>
    public long Length => _file.Position;

    /// <summary>
    /// Takes all that <paramref name="samples"/> brings, little-endian and interleaved; where it breaks off, only what is
    /// there of all channels.
    /// </summary>
    public async Task AppendAsync(Stream samples, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        while (await ReadBlockAsync(samples, cancellationToken) is > 0 and var read)
        {
            if (isFloat)
                _highest = MathF.Max(_highest, FindHighest(MemoryMarshal.Cast<byte, float>(_buffer.AsSpan(0, read))));
            else
                _hash.AppendData(_buffer, 0, read);

            await _file.WriteAsync(_buffer.AsMemory(0, read), cancellationToken);
            progress.Decoded(isFloat ? read / 2 : read, Stopwatch.GetElapsedTime(begun));
            begun = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>The samples, which are the caller's to dispose; nothing may be appended any more.</summary>
    public async Task<PcmSpool> FinishAsync(CancellationToken cancellationToken)
    {
        await _file.FlushAsync(cancellationToken);
        var scale = _highest > 1 ? (PcmSamples.FullScale - 1) / PcmSamples.FullScale / _highest : 1;
        if (isFloat)
            ToIntegers(scale, cancellationToken);

        _isHandedOn = true;
        return new PcmSpool(_file, channels, _hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hash.Dispose();
        if (!_isHandedOn)
            _file.Dispose();
    }

    private async ValueTask<int> ReadBlockAsync(Stream samples, CancellationToken cancellationToken)
    {
        var read = await samples.ReadAtLeastAsync(
            _buffer, _buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return read / _frame * _frame;
    }

    private static float FindHighest(ReadOnlySpan<float> samples)
    {
        var highest = 0f;
        foreach (var sample in samples)
        {
            var height = MathF.Abs(sample);
            if (height > highest && PcmSamples.IsSound(height))
                highest = height;
        }

        return highest;
    }

    // In place: integers are half as long, so that what is written never reaches what is still to be read.
    private void ToIntegers(float scale, CancellationToken cancellationToken)
    {
        var integers = new byte[BufferSize / 2];
        var end = _file.Length;
        for (var at = 0L; at < end;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = RandomAccess.Read(_file.SafeFileHandle, _buffer, at);
            read -= read % sizeof(float);
            PcmSamples.ToIntegers(
                MemoryMarshal.Cast<byte, float>(_buffer.AsSpan(0, read)),
                MemoryMarshal.Cast<byte, short>(integers.AsSpan()),
                PcmSamples.FullScale * scale);
            var converted = integers.AsSpan(0, read / 2);
            _hash.AppendData(converted);
            RandomAccess.Write(_file.SafeFileHandle, converted, at / 2);
            at += read > 0 ? read : throw new EndOfStreamException("The samples on disk end early.");
        }

        _file.SetLength(end / 2);
    }
}
