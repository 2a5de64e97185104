using System.Globalization;
using Google.Protobuf;
using SpotifyCore.Contracts;
using SpotifyCore.Import.Tags.Reading;

namespace SpotifyCore.Import.Sources;

/// <summary>
/// Gives the picture of a source as the catalogue takes it: byte for byte, or made smaller where it has too many of
/// them.
/// </summary>
internal static class CoverReader
{
    /// <summary>Largest picture kept as it is: what the catalogue takes.</summary>
    public const int MaxBytes = 8 << 20;

    // Of the longer side of what is made smaller; and what is not even decoded.
    private const int MaxSide = 2_000;
    private const int MaxPixels = 400_000_000;

    /// <summary>Reads the picture; null when there is none, or it can be neither taken out nor made smaller.</summary>
    public static async Task<Cover?> ReadAsync(
        SourceFile source, SourceLabel label, Scratch scratch, CancellationToken cancellationToken)
    {
        var (mediaType, data) = (label.Tags.Picture?.MediaType, label.Tags.Picture?.Data);
        if (data is null && label.Cover is { } stream)
            (mediaType, data) = (stream.MediaType, await TakeOutAsync(source, stream, cancellationToken));
        if (data?.Length > MaxBytes)
            (mediaType, data) = ("image/jpeg", await ScaleAsync(data, scratch, cancellationToken));

        return data is { Length: > 0 and <= MaxBytes }
            ? new Cover { MediaType = mediaType, Data = UnsafeByteOperations.UnsafeWrap(data) }
            : null;
    }

    private static Task<byte[]> TakeOutAsync(
        SourceFile source, CoverStream cover, CancellationToken cancellationToken) =>
        RunAsync(
            [
                "-i", $"file:{source.Path}",
                "-map", $"0:{cover.Index}", "-c", "copy", "-frames:v", "1", "-f", "rawvideo", "pipe:1",
            ],
            cancellationToken);

    private static async Task<byte[]> ScaleAsync(
        byte[] picture, Scratch scratch, CancellationToken cancellationToken)
    {
        var path = Path.Combine(scratch.Path, Path.GetRandomFileName());
        try
        {
            await File.WriteAllBytesAsync(path, picture, cancellationToken);
            var size = $"scale=w={MaxSide}:h={MaxSide}:force_original_aspect_ratio=decrease";
            return await RunAsync(
                [
                    "-max_pixels", MaxPixels.ToString(CultureInfo.InvariantCulture), "-i", $"file:{path}",
                    "-frames:v", "1", "-vf", size, "-c:v", "mjpeg", "-q:v", "2", "-f", "mjpeg", "pipe:1",
                ],
                cancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // Nothing, when it fails.
    private static async Task<byte[]> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var output = new MemoryStream();
        var run = await MediaTool.RunAsync(
            "ffmpeg",
            ["-nostdin", "-v", "error", .. arguments],
            bytes => CopyAsync(bytes, output, cancellationToken),
            cancellationToken);
        return run.ExitCode == 0 && output.Length <= TagLimits.MaxPicture ? output.ToArray() : [];
    }

    private static async Task CopyAsync(Stream output, MemoryStream picture, CancellationToken cancellationToken)
    {
        var part = new byte[64 * 1024];
        while (await output.ReadAsync(part, cancellationToken) is > 0 and var read)
        {
            // What is too long is read to its end and kept no further than needed to know it.
            if (picture.Length <= TagLimits.MaxPicture)
                await picture.WriteAsync(part.AsMemory(0, read), cancellationToken);
        }
    }
}
