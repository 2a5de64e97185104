using System.Runtime.InteropServices;

namespace SpotifyCore.Import.Sources;

/// <summary>Linux's statx, whose answer has one layout on all machines. .NET tells neither inode nor time of change.</summary>
internal static partial class Statx
{
    private const int CurrentFolder = -100;
    private const uint BasicFields = 0x7FF;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Whether the system has it.</summary>
    public static bool IsThere { get; } = OperatingSystem.IsLinux() && IsExported();

    /// <summary>The stamp of what is at a path now, of a link that of its target; default where that can't be told.</summary>
    public static FileStamp Read(string path) => statx(CurrentFolder, path, 0, BasicFields, out var answer) == 0
        ? new FileStamp((long)answer.Size, answer.Written.Nanoseconds)
        {
            Node = answer.Node, Changed = answer.Changed.Nanoseconds,
        }
        : default;

    private static bool IsExported()
    {
        try
        {
            return Read("/") != default;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint fields, out Answer answer);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct Answer
    {
        [FieldOffset(32)]
        public readonly ulong Node;

        [FieldOffset(40)]
        public readonly ulong Size;

        [FieldOffset(96)]
        public readonly Time Changed;

        [FieldOffset(112)]
        public readonly Time Written;
    }

    [StructLayout(LayoutKind.Explicit, Size = 16)]
    private readonly struct Time
    {
        [FieldOffset(0)]
        private readonly long _seconds;

        [FieldOffset(8)]
        private readonly uint _nanoseconds;

        public long Nanoseconds => (_seconds * NanosecondsPerSecond) + _nanoseconds;
    }
}
