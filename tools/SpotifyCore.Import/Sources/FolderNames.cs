using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace SpotifyCore.Import.Sources;

/// <summary>
/// The names in a folder as Linux keeps them: bytes, which need not be UTF-8. Of those that are not .NET gives other
/// letters, under which nothing is found. Other systems have no such names.
/// </summary>
internal static partial class FolderNames
{
    // Of an entry, on every Linux of 64 bit: behind two numbers of 8 bytes and one of 2.
    private const int KindOffset = 18;
    private const int NameOffset = 19;
    private const byte FolderKind = 4;

    /// <summary>Whether names are bytes here, and can be had as such.</summary>
    public static bool AreBytes { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>The names, without those of the folder itself and of the one above.</summary>
    /// <exception cref="IOException">The folder can't be opened.</exception>
    public static IReadOnlyList<(byte[] Name, bool IsFolder)> Read(string folder)
    {
        var open = opendir(folder);
        if (open == 0)
            throw new IOException($"the names in '{folder}' can't be read");

        try
        {
            var names = new List<(byte[], bool)>();
            while (readdir(open) is not 0 and var entry)
            {
                var name = NameOf(entry);
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                    names.Add((name.ToArray(), Marshal.ReadByte(entry, KindOffset) == FolderKind));
            }

            return names;
        }
        finally
        {
            _ = closedir(open);
        }
    }

    /// <summary>A name that is not UTF-8, as shells spell it: \xE9 for a byte that is no letter, \\ for \.</summary>
    public static string Escape(ReadOnlySpan<byte> name)
    {
        var escaped = new StringBuilder();
        while (!name.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(name, out var letter, out var length) != OperationStatus.Done)
            {
                foreach (var value in name[..length])
                    escaped.Append($"\\x{value:X2}");
            }
            else
            {
                escaped.Append(letter.Value == '\\' ? "\\\\" : letter.ToString());
            }

            name = name[length..];
        }

        return escaped.ToString();
    }

    private static unsafe ReadOnlySpan<byte> NameOf(nint entry) =>
        MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)entry + NameOffset);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint opendir(string folder);

    [LibraryImport("libc")]
    private static partial nint readdir(nint folder);

    [LibraryImport("libc")]
    private static partial int closedir(nint folder);
}
