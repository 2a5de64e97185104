using SpotifyCore.Import.Parts;

namespace SpotifyCore.Import.Sources;

/// <summary>The parts of a source that are decoded one after the other; nearly all sources have one.</summary>
/// <param name="All">At least one, in order.</param>
/// <param name="Declared">The length they say they have; null where that is unknown or a guess.</param>
/// <param name="Likely">The same, or a guess; null where nothing says.</param>
internal sealed record SoundParts(IReadOnlyList<SoundPart> All, TimeSpan? Declared, TimeSpan? Likely)
{
    private const int BufferSize = 64 * 1024;

    /// <summary>True where there is more in the file than sound that could be found, or it is damaged.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>Where it is FLAC of a form that is decoded without ffmpeg; else null.</summary>
    public FlacSound? Flac { get; private init; }

    /// <summary>Channels to import: 1 where all are mono, else 2.</summary>
    public int Channels => All.All(static part => part.Stream.Channels == 1) ? 1 : 2;

    /// <summary>True where a decoder gives floats.</summary>
    public bool IsFloat => All.Any(static part => part.Stream.IsFloat);

    /// <summary>The one part of a FLAC file.</summary>
    public static SoundParts Of(string path, FlacSound flac)
    {
        var stream = SoundStream.Of(flac.Info);
        var part = new SoundPart(FilePart.Whole.InputOf(path), stream, SampleCut.None);
        return new SoundParts([part], stream.Length, stream.Length) { Flac = flac };
    }

    /// <summary>Finds the parts of a file, and in each what is the music.</summary>
    public static async Task<SoundParts> FindAsync(string path, ProbedMedia media, CancellationToken cancellationToken)
    {
        var sound = media.Sound;
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize);
        switch (media.FormatName)
        {
            case "ogg":
                return await ProbeAsync(path, OggLinks.Find(file), media, SampleCut.None, cancellationToken);
            case "mp3":
                // The decoder cuts by LAME's note itself, each part at both ends: it only has to keep iTunes' out.
                var streams = MpegStreams.Find(file);
                var cut = streams.HasNote || streams.Parts.Count > 1 ? SampleCut.None : ReadNote(media);
                return await ProbeAsync(path, streams.Parts, media, cut, cancellationToken);
            case "mpc8":
                return Whole(path, media, MusepackHeader.Read(file));
            case ['m', 'o', 'v', ..]:
                return Whole(path, media, ReadMp4(file, media, sound));
            default:
                return Whole(path, media, SampleCut.None);
        }
    }

    private static SoundParts Whole(string path, ProbedMedia media, SampleCut cut) =>
        Of([(FilePart.Whole.InputOf(path), media)], cut);

    private static async Task<SoundParts> ProbeAsync(
        string path,
        IReadOnlyList<FilePart> parts,
        ProbedMedia media,
        SampleCut cut,
        CancellationToken cancellationToken)
    {
        List<(string, ProbedMedia)> probed = [];
        foreach (var part in parts)
        {
            var input = part.InputOf(path);
            try
            {
                var found = part == FilePart.Whole ? media : await ProbedMedia.ReadAsync(input, cancellationToken);
                _ = found.Sound;
                probed.Add((input, found));
            }
            catch (SourceException)
            {
                // Another part may sound.
            }
        }

        return probed.Count > 0
            ? Of(probed, cut) with { IsIncomplete = probed.Count < parts.Count }
            : Whole(path, media, cut);
    }

    private static SoundParts Of(IReadOnlyList<(string Input, ProbedMedia Media)> parts, SampleCut cut)
    {
        var likely = parts.Aggregate((TimeSpan?)TimeSpan.Zero, static (sum, part) => sum + part.Media.Length);
        return new SoundParts(
            [.. parts.Select(part => new SoundPart(part.Input, part.Media.Sound, cut))],
            parts.Any(static part => part.Media.IsLengthGuessed) ? null : likely,
            likely);
    }

    private static SampleCut ReadNote(ProbedMedia media) =>
        media.TagOf(ITunesNote.Name) is { } note ? ITunesNote.Read(note) ?? SampleCut.None : SampleCut.None;

    // ffmpeg leaves out what comes before the music, and not what comes behind it.
    private static SampleCut ReadMp4(Stream file, ProbedMedia media, SoundStream sound)
    {
        if (Mp4Track.Read(file, sound.Id) is not { Scale: > 0 } track || sound.Rate == 0)
            return SampleCut.None;

        var music = (track.Scale == sound.Rate ? ReadNote(media).Keep : null) ?? track.Music;
        return new SampleCut(0, music * sound.Rate / track.Scale);
    }
}
