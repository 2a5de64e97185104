using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SpotifyCore.Playback.Output;

/// <summary>
/// Sounds samples on a sound card through PortAudio's callback: pausing and flushing act within one period of the
/// card, and what is paused is kept to the sample.
/// </summary>
internal sealed class PortAudioOutput : IAudioOutput
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly Lock Library = new();

    private readonly CardBuffer _buffer;
    private readonly int _latency;
    private readonly nint _stream;
    private GCHandle _bufferHandle;
    private bool _disposed;

    /// <summary>Opens the device, starts it and waits until it runs, silent.</summary>
    /// <exception cref="IOException">
    /// There is no PortAudio, no such device or it refuses; the message says which.
    /// </exception>
    public PortAudioOutput(PortAudioOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _buffer = new CardBuffer(options.BufferMilliseconds * (AudioFormat.SampleRate / 1_000));
        _bufferHandle = GCHandle.Alloc(_buffer);
        try
        {
            _stream = Open(options.Device, GCHandle.ToIntPtr(_bufferHandle), out _latency);

            // Sound servers may lose the first samples of a stream: let that be silence.
            WaitForLatency();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool IsRealTime => true;

    /// <summary>Samples per channel that the card has not fetched; its own latency comes on top.</summary>
    public int Pending => _buffer.Held;

    /// <inheritdoc/>
    public int Room => _buffer.Room;

    /// <summary>How long the card found nothing to sound between two samples; flushes and pauses apart.</summary>
    public TimeSpan Underrun => AudioFormat.DurationOf(_buffer.Shortfall);

    /// <summary>The names of all devices that can sound, by their numbers.</summary>
    /// <exception cref="IOException">There is no PortAudio.</exception>
    public static IReadOnlyDictionary<int, string> Devices()
    {
        lock (Library)
        {
            Initialize();
            try
            {
                return ListDevices();
            }
            finally
            {
                _ = PortAudio.Pa_Terminate();
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The device has stopped taking samples.</exception>
    public void Write(ReadOnlySpan<float> interleaved)
    {
        while (true)
        {
            interleaved = interleaved[_buffer.Write(interleaved)..];
            if (interleaved.IsEmpty)
                return;

            WaitForCard();
        }
    }

    /// <inheritdoc/>
    public void Flush() => _buffer.Flush();

    /// <inheritdoc/>
    /// <exception cref="IOException">The device has stopped taking samples.</exception>
    public void Drain()
    {
        while (_buffer.Held > 0)
            WaitForCard();

        // What the card has taken, it sounds within its own latency.
        WaitForLatency();
    }

    /// <inheritdoc/>
    public void SetPaused(bool paused) => _buffer.Paused = paused;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        if (_stream != 0)
        {
            lock (Library)
            {
                _ = PortAudio.Pa_CloseStream(_stream);
                _ = PortAudio.Pa_Terminate();
            }
        }

        _bufferHandle.Free();
        _buffer.Dispose();
    }

    private static void Initialize()
    {
        SoundSystemChatter.Silence();
        try
        {
            PortAudio.Check(PortAudio.Pa_Initialize(), "PortAudio can't start");
        }
        catch (DllNotFoundException missing)
        {
            throw new IOException(missing.Message, missing);
        }
    }

    private static nint Open(string device, nint buffer, out int latency)
    {
        lock (Library)
        {
            Initialize();
            try
            {
                return OpenStream(Choose(device), buffer, out latency);
            }
            catch
            {
                _ = PortAudio.Pa_Terminate();
                throw;
            }
        }
    }

    private static int Choose(string device)
    {
        var devices = ListDevices();
        if (devices.Count == 0)
            throw new IOException("There is no sound device.");

        if (device.Length == 0)
        {
            var usual = PortAudio.Pa_GetDefaultOutputDevice();
            return usual != PortAudio.NoDevice ? usual : throw new IOException("There is no default sound device.");
        }

        if (int.TryParse(device, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && devices.ContainsKey(number))
            return number;

        foreach (var (candidate, name) in devices)
        {
            if (name.Contains(device, StringComparison.OrdinalIgnoreCase))
                return candidate;
        }

        throw new IOException($"There is no sound device '{device}'; there are: {string.Join(", ", devices.Values)}.");
    }

    private static unsafe Dictionary<int, string> ListDevices()
    {
        var devices = new Dictionary<int, string>();
        for (var i = 0; i < PortAudio.Pa_GetDeviceCount(); i++)
        {
            var info = PortAudio.Pa_GetDeviceInfo(i);
            if (info is not null && info->MaxOutputChannels >= AudioFormat.Channels)
                devices[i] = Marshal.PtrToStringUTF8(info->Name) ?? "";
        }

        return devices;
    }

    private static unsafe nint OpenStream(int device, nint buffer, out int latency)
    {
        var output = new PortAudioStreamParameters
        {
            Device = device,
            Channels = AudioFormat.Channels,
            SampleFormat = PortAudio.Float32,
            SuggestedLatency = PortAudio.Pa_GetDeviceInfo(device)->HighOutputLatency,
        };
        var opened = PortAudio.Pa_OpenStream(
            out var stream, null, &output, AudioFormat.SampleRate, PortAudio.AnyFrames, PortAudio.ClipOff, &Fill,
            (void*)buffer);
        PortAudio.Check(opened, "The sound device can't be opened");
        var started = PortAudio.Pa_StartStream(stream);
        if (started < 0)
        {
            _ = PortAudio.Pa_CloseStream(stream);
            PortAudio.Check(started, "The sound device can't be started");
        }

        latency = (int)(PortAudio.Pa_GetStreamInfo(stream)->OutputLatency * AudioFormat.SampleRate);
        return stream;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe int Fill(
        void* input, float* output, CULong frames, void* timing, CULong flags, void* user)
    {
        var buffer = (CardBuffer)GCHandle.FromIntPtr((nint)user).Target!;
        buffer.Read(new Span<float>(output, (int)frames.Value * AudioFormat.Channels));
        return PortAudio.Continue;
    }

    private void WaitForLatency()
    {
        for (var end = _buffer.Clock + _latency; _buffer.Clock < end;)
            WaitForCard();
    }

    private void WaitForCard()
    {
        if (_buffer.Paused)
            throw new InvalidOperationException("A paused output has no more room.");

        if (!_buffer.WaitForRead(Patience))
            throw new IOException("The sound device has stopped taking samples.");
    }
}
