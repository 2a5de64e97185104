using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SpotifyCore.Playback.Output;

/// <summary>The PortAudio library of the system (v19), found under its name on each platform.</summary>
internal static partial class PortAudio
{
    public const int NoDevice = -1;
    public const int Continue = 0;
    public static readonly CULong Float32 = new(1);
    public static readonly CULong ClipOff = new(1);
    public static readonly CULong AnyFrames = new(0);

    private const string Name = "portaudio";

    static PortAudio() => NativeLibrary.SetDllImportResolver(typeof(PortAudio).Assembly, Resolve);

    /// <summary>Throws what PortAudio says about an error.</summary>
    public static void Check(int error, string doing)
    {
        if (error < 0)
            throw new IOException($"{doing}: {Marshal.PtrToStringUTF8(Pa_GetErrorText(error)) ?? $"error {error}"}.");
    }

    [LibraryImport(Name)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Pa_Initialize();

    [LibraryImport(Name)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Pa_Terminate();

    [LibraryImport(Name)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Pa_GetDeviceCount();

    [LibraryImport(Name)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Pa_GetDefaultOutputDevice();

    [LibraryImport(Name)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static unsafe partial PortAudioDeviceInfo* Pa_GetDeviceInfo(int device);

    [LibraryImport(Name)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static unsafe partial int Pa_OpenStream(
        out nint stream, void* input, PortAudioStreamParameters* output, double sampleRate, CULong framesPerBuffer,
        CULong flags,
        delegate* unmanaged[Cdecl]<void*, float*, CULong, void*, CULong, void*, int> callback, void* user);

    [LibraryImport(Name)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Pa_StartStream(nint stream);

    [LibraryImport(Name)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int Pa_CloseStream(nint stream);

    [LibraryImport(Name)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static unsafe partial PortAudioStreamInfo* Pa_GetStreamInfo(nint stream);

    [LibraryImport(Name)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial nint Pa_GetErrorText(int error);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Name)
            return 0;

        foreach (var candidate in Candidates())
        {
            if (NativeLibrary.TryLoad(candidate, assembly, path, out var library))
                return library;
        }

        throw new DllNotFoundException(
            "PortAudio is not installed. Debian and Ubuntu: apt install libportaudio2. Fedora: dnf install portaudio. "
            + "macOS: brew install portaudio. Windows: put portaudio_x64.dll beside the program.");
    }

    private static string[] Candidates() =>
        OperatingSystem.IsWindows() ? ["portaudio_x64.dll", "portaudio.dll", "libportaudio.dll", "libportaudio-2.dll"]
        : OperatingSystem.IsMacOS()
            ? ["libportaudio.2.dylib", "/opt/homebrew/lib/libportaudio.2.dylib", "/usr/local/lib/libportaudio.2.dylib"]
            : ["libportaudio.so.2", "libportaudio.so"];
}
