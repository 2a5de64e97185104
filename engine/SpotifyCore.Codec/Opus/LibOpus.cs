using System.Reflection;
using System.Runtime.InteropServices;

namespace SpotifyCore.Codec.Opus;

/// <summary>The Opus library of the system, found under its name on each platform.</summary>
internal static partial class LibOpus
{
    internal const int Ok = 0;
    internal const int ApplicationAudio = 2049;
    internal const int SetBitrate = 4002;
    internal const int SetComplexity = 4010;
    internal const int GetLookahead = 4027;

    private const string Name = "opus";

    // Apple's arm64 convention puts variadic arguments on the stack, after eight registers' worth of others.
    private static readonly bool VariadicOnStack =
        OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    private static readonly Lazy<bool> Found = new(static () => TryLoad(typeof(LibOpus).Assembly, null, out _));

    static LibOpus() => NativeLibrary.SetDllImportResolver(typeof(LibOpus).Assembly, Resolve);

    /// <summary>What a person does who wants it.</summary>
    public const string HowToInstall =
        "libopus is not installed. Debian and Ubuntu: apt install libopus0. Fedora: dnf install opus. "
        + "macOS: brew install opus. Windows: put opus.dll beside the program.";

    /// <summary>True when the library is there; looked for once.</summary>
    public static bool IsInstalled => Found.Value;

    /// <summary>What the library calls itself, such as <c>libopus 1.3.1</c>.</summary>
    /// <exception cref="DllNotFoundException">It is not installed; the message names the package.</exception>
    public static string Version => Marshal.PtrToStringUTF8(opus_get_version_string()) ?? "libopus";

    internal static int Control(OpusEncoderHandle encoder, int request, nint argument) => VariadicOnStack
        ? opus_encoder_ctl_stack(encoder, request, 0, 0, 0, 0, 0, 0, argument)
        : opus_encoder_ctl(encoder, request, argument);

    internal static string Describe(int error) => Marshal.PtrToStringUTF8(opus_strerror(error)) ?? $"error {error}";

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Name)
            return 0;

        return TryLoad(assembly, path, out var library) ? library : throw new DllNotFoundException(HowToInstall);
    }

    private static bool TryLoad(Assembly assembly, DllImportSearchPath? path, out nint library)
    {
        foreach (var candidate in Candidates())
        {
            if (NativeLibrary.TryLoad(candidate, assembly, path, out library))
                return true;
        }

        library = 0;
        return false;
    }

    private static string[] Candidates() =>
        OperatingSystem.IsWindows() ? ["opus.dll", "libopus-0.dll", "libopus.dll"]
        : OperatingSystem.IsMacOS()
            ? ["libopus.0.dylib", "/opt/homebrew/lib/libopus.0.dylib", "/usr/local/lib/libopus.0.dylib"]
            : ["libopus.so.0", "libopus.so"];

    [LibraryImport(Name)]
    internal static partial OpusEncoderHandle opus_encoder_create(
        int rate, int channels, int application, out int error);

    [LibraryImport(Name)]
    internal static partial void opus_encoder_destroy(nint encoder);

    [LibraryImport(Name)]
    internal static unsafe partial int opus_encode(
        OpusEncoderHandle encoder, short* pcm, int samples, byte* packet, int room);

    [LibraryImport(Name)]
    internal static partial OpusDecoderHandle opus_decoder_create(int rate, int channels, out int error);

    [LibraryImport(Name)]
    internal static partial void opus_decoder_destroy(nint decoder);

    [LibraryImport(Name)]
    internal static partial int opus_decoder_init(OpusDecoderHandle decoder, int rate, int channels);

    [LibraryImport(Name)]
    internal static unsafe partial int opus_decode_float(
        OpusDecoderHandle decoder, byte* packet, int length, float* pcm, int room, int correctErrors);

    [LibraryImport(Name)]
    private static partial int opus_encoder_ctl(OpusEncoderHandle encoder, int request, nint argument);

    [LibraryImport(Name, EntryPoint = "opus_encoder_ctl")]
    private static partial int opus_encoder_ctl_stack(
        OpusEncoderHandle encoder, nint request, nint x2, nint x3, nint x4, nint x5, nint x6, nint x7, nint argument);

    [LibraryImport(Name)]
    private static partial nint opus_get_version_string();

    [LibraryImport(Name)]
    private static partial nint opus_strerror(int error);
}
