using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SpotifyCore.Playback.Output;

/// <summary>
/// Keeps ALSA and JACK, which PortAudio asks for their devices on Linux, from writing a page to standard error about
/// each that is not there. What goes wrong with the device in use comes back as PortAudio's error.
/// </summary>
internal static unsafe class SoundSystemChatter
{
    /// <summary>Silences both, where they are installed.</summary>
    public static void Silence()
    {
        if (!OperatingSystem.IsLinux())
            return;

        // Their handlers take more arguments than these; under the C convention the caller clears them away.
        delegate* unmanaged[Cdecl]<void*, void> ignore = &Ignore;
        Set("libasound.so.2", "snd_lib_error_set_handler", ignore);
        Set("libjack.so.0", "jack_set_error_function", ignore);
        Set("libjack.so.0", "jack_set_info_function", ignore);
    }

    private static void Set(string library, string setter, delegate* unmanaged[Cdecl]<void*, void> handler)
    {
        if (NativeLibrary.TryLoad(library, out var handle)
            && NativeLibrary.TryGetExport(handle, setter, out var address))
            ((delegate* unmanaged[Cdecl]<void*, void>)address)(handler);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Ignore(void* message)
    {
    }
}
