using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Files;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Node.Repair;

/// <summary>
/// How far the scrub has come, kept over restarts so that a master that is often started anew gets to all of its files.
/// Written at the end and once in a while; a loss costs that much reading. Safe for many threads.
/// </summary>
internal sealed class ScrubPlace
{
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(5);

    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _writing = new();
    private FileId _written;
    private long _writtenAt;

    /// <summary>Reads what was kept at <paramref name="path"/>; a place drawn by chance where there is none.</summary>
    public ScrubPlace(string path, TimeProvider time, ILogger<ScrubPlace> logger)
    {
        (_path, _time, _logger, _writtenAt) = (path, time, logger, time.GetTimestamp());
        After = _written = Read(path) ?? FileId.Read(RandomNumberGenerator.GetBytes(FileId.Size));
    }

    /// <summary>The file after which the scrub goes on.</summary>
    public FileId After { get; private set; }

    /// <summary>The scrub goes on after another file.</summary>
    public void Note(FileId after)
    {
        lock (_writing)
        {
            After = after;
            if (_time.GetElapsedTime(_writtenAt) >= WriteEvery)
                Write();
        }
    }

    /// <summary>Keeps the place.</summary>
    public void Keep()
    {
        lock (_writing)
        {
            if (After != _written)
                Write();
        }
    }

    private void Write()
    {
        Span<byte> bytes = stackalloc byte[FileId.Size];
        After.Write(bytes);
        _writtenAt = _time.GetTimestamp();
        try
        {
            DurableFile.Replace(_path, bytes);
            _written = After;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            _logger.ScrubPlaceLost(failed.Message);
        }
    }

    private static FileId? Read(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            return bytes.Length == FileId.Size ? FileId.Read(bytes) : null;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
