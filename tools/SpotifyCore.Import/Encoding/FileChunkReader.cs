using Microsoft.Win32.SafeHandles;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Fetching;

namespace SpotifyCore.Import.Encoding;

/// <summary>Gives the chunks of a sealed file on disk to several puts at once.</summary>
internal sealed class FileChunkReader(SafeFileHandle file, Manifest manifest) : IChunkReader
{
    public ValueTask ReadAsync(uint index, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        ReadExactly(file, destination.Span[..manifest.LengthOf(index)], index * (long)Manifest.ChunkSize);
        return ValueTask.CompletedTask;
    }

    public static void ReadExactly(SafeFileHandle file, Span<byte> destination, long offset)
    {
        while (!destination.IsEmpty)
        {
            var read = RandomAccess.Read(file, destination, offset);
            if (read == 0)
                throw new EndOfStreamException("A file on disk ends early.");

            destination = destination[read..];
            offset += read;
        }
    }
}
