using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Messages.Layouts;

namespace SpotifyCore.Protocol.Messages.Layouts;

/// <summary>The ids that are the payload of a list: 16 bytes each, ascending, each once.</summary>
internal static class ListedFiles
{
    /// <summary>Most files in one list: as many as fit where a chunk does.</summary>
    public const int MaxCount = 1024;

    /// <summary>Longest payload.</summary>
    public const int MaxLength = MaxCount * FileId.Size;

    /// <summary>
    /// Writes a whole frame of files, which are in order, to the front of <paramref name="destination"/>.
    /// </summary>
    /// <returns>Bytes written.</returns>
    public static int WriteFrame(in PeerMessage list, IReadOnlyList<FileId> files, Span<byte> destination)
    {
        var length = MessageCodec.WritePrefix(list, destination);
        foreach (var file in files)
        {
            file.Write(destination[length..]);
            length += FileId.Size;
        }

        return length;
    }

    /// <summary>Reads the payload of a list that was decoded.</summary>
    public static FileId[] Read(ReadOnlySpan<byte> payload)
    {
        var files = new FileId[payload.Length / FileId.Size];
        for (var i = 0; i < files.Length; i++)
            files[i] = FileId.Read(payload[(i * FileId.Size)..]);

        return files;
    }

    /// <summary>True when the payload is whole ids in order.</summary>
    internal static bool AreValid(ReadOnlySpan<byte> payload)
    {
        if (payload.Length % FileId.Size != 0)
            return false;

        for (var at = FileId.Size; at < payload.Length; at += FileId.Size)
        {
            if (FileId.Read(payload[at..]).CompareTo(FileId.Read(payload[(at - FileId.Size)..])) <= 0)
                return false;
        }

        return true;
    }
}
