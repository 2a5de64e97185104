using Google.Protobuf;
using SpotifyCore.Contracts;

namespace SpotifyCore.Import.Sources;

/// <summary>Takes the embedded picture out of a source, byte for byte.</summary>
internal static class CoverReader
{
    /// <summary>Largest picture kept.</summary>
    public const int MaxBytes = 8 << 20;

    /// <summary>Reads the picture; null when it can't be taken out or is over <see cref="MaxBytes"/>.</summary>
    public static async Task<Cover?> ReadAsync(
        SourceFile source, CoverStream cover, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-nostdin", "-v", "error", "-i", $"file:{source.Path}",
            "-map", $"0:{cover.Index}", "-c", "copy", "-frames:v", "1", "-f", "rawvideo", "pipe:1",
        ];
        var picture = new MemoryStream();
        var run = await MediaTool.RunAsync(
            "ffmpeg", arguments, output => CopyAsync(output, picture, cancellationToken), cancellationToken);
        if (run.ExitCode != 0 || picture.Length is 0 or > MaxBytes)
            return null;

        var bytes = ByteString.CopyFrom(picture.GetBuffer(), 0, (int)picture.Length);
        return new Cover { MediaType = cover.MediaType, Data = bytes };
    }

    private static async Task CopyAsync(Stream output, MemoryStream picture, CancellationToken cancellationToken)
    {
        var part = new byte[64 * 1024];
        while (await output.ReadAsync(part, cancellationToken) is > 0 and var read)
        {
            // What is too long is read to its end and kept no further than needed to know it.
            if (picture.Length <= MaxBytes)
                await picture.WriteAsync(part.AsMemory(0, read), cancellationToken);
        }
    }
}
