using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace SpotifyCore.Playback.Output;

/// <summary>
/// Writes a WAV file: 48 kHz, stereo, 16 bit, each sample rounded to the nearest step. The header is brought up to
/// date after each 64 KiB, so the file can be read while it grows and whatever ends the process.
/// </summary>
internal sealed class WavFileOutput : IAudioOutput
{
    private const int HeaderSize = 44;
    private const int BlockAlign = AudioFormat.Channels * sizeof(short);
    private const long MaxDataBytes = uint.MaxValue - HeaderSize - BlockAlign;

    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _buffered;
    private long _dataBytes;
    private bool _disposed;

    /// <summary>Creates the file, or empties it.</summary>
    /// <exception cref="IOException">It can't be written; the message says which file and why.</exception>
    public WavFileOutput(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
        try
        {
            _file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw Refused(refusal);
        }

        try
        {
            WriteHeader();
        }
        catch (IOException)
        {
            _file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool IsRealTime => false;

    /// <inheritdoc/>
    public int Pending => 0;

    /// <inheritdoc/>
    public int Room => int.MaxValue;

    /// <inheritdoc/>
    /// <exception cref="IOException">The disk is full, or the file has the 4 GiB that the format allows.</exception>
    public void Write(ReadOnlySpan<float> interleaved)
    {
        foreach (var sample in interleaved)
        {
            if (_buffered == _buffer.Length)
                Save();

            BinaryPrimitives.WriteInt16LittleEndian(_buffer.AsSpan(_buffered), Round(sample));
            _buffered += sizeof(short);
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        // A file has "heard" a sample when it takes it.
    }

    /// <inheritdoc/>
    public void Drain() => Save();

    /// <inheritdoc/>
    public void SetPaused(bool paused)
    {
        // A file keeps no pace.
    }

    /// <summary>Writes what is left and closes the file.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        try
        {
            Save();
        }
        finally
        {
            _file.Dispose();
        }
    }

    private static short Round(float sample) =>
        (short)MathF.Round(Math.Clamp(sample * 32_768f, short.MinValue, short.MaxValue));

    private void Save()
    {
        if (_buffered == 0)
            return;

        if (_dataBytes + _buffered > MaxDataBytes)
            throw new IOException($"The WAV file {_path} is full: the format ends at 4 GiB.");

        // Sound first: the header never claims what is not there.
        Put(_buffer.AsSpan(0, _buffered), HeaderSize + _dataBytes);
        _dataBytes += _buffered;
        _buffered = 0;
        WriteHeader();
    }

    private void WriteHeader()
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(HeaderSize - 8 + _dataBytes));
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], AudioFormat.Channels);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], AudioFormat.SampleRate);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], AudioFormat.SampleRate * BlockAlign);
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], BlockAlign);
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], 8 * sizeof(short));
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], (uint)_dataBytes);
        Put(header, 0);
    }

    private void Put(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(_file, bytes, offset);
        }
        catch (IOException refusal)
        {
            // What could not be written is not tried again when the file is closed.
            _buffered = 0;
            throw Refused(refusal);
        }
    }

    private IOException Refused(Exception refusal) =>
        new($"The WAV file {_path} can't be written: {refusal.Message}", refusal);
}
