using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Running;

/// <summary>
/// Estimates how long the sources not begun yet will sound, by what was learnt of others with the same ending: a minute
/// of FLAC has ten times the bytes of a minute of MP3. Not safe for many threads.
/// </summary>
internal sealed class RemainingSound
{
    private readonly Dictionary<string, Kind> _kinds = new(StringComparer.OrdinalIgnoreCase);
    private Kind _all;

    /// <summary>Begins with all sources of the run, none begun.</summary>
    public RemainingSound(IEnumerable<SourceFile> sources)
    {
        foreach (var source in sources)
            Change(source, new Kind(source.Length, TimeSpan.Zero, 0));
    }

    /// <summary>A source is begun.</summary>
    public void Begin(SourceFile source) => Change(source, new Kind(-source.Length, TimeSpan.Zero, 0));

    /// <summary>A source sounds so long.</summary>
    public void Learn(SourceFile source, TimeSpan sound) => Change(source, new Kind(0, sound, source.Length));

    /// <summary>Bytes of the sources that are not begun.</summary>
    public long Bytes => _all.Bytes;

    /// <summary>How long a source is likely to sound; null while nothing was learnt.</summary>
    public TimeSpan? Of(SourceFile source) => Of(_kinds[Path.GetExtension(source.Name)], source.Length);

    /// <summary>How long all that are not begun are likely to sound; null while nothing was learnt.</summary>
    public TimeSpan? NotBegun() => _all.Bytes == 0
        ? TimeSpan.Zero
        : _kinds.Values.Aggregate((TimeSpan?)TimeSpan.Zero, (sum, kind) => sum + Of(kind, kind.Bytes));

    private TimeSpan? Of(Kind kind, long bytes)
    {
        var known = kind.LearntBytes > 0 ? kind : _all;
        return known.LearntBytes > 0 ? known.Learnt * (bytes / (double)known.LearntBytes) : null;
    }

    private void Change(SourceFile source, Kind by)
    {
        var ending = Path.GetExtension(source.Name);
        _kinds[ending] = _kinds.GetValueOrDefault(ending).Plus(by);
        _all = _all.Plus(by);
    }

    /// <param name="Bytes">Of sources not begun.</param>
    /// <param name="Learnt">How long those sound that were learnt of.</param>
    /// <param name="LearntBytes">Their bytes.</param>
    private readonly record struct Kind(long Bytes, TimeSpan Learnt, long LearntBytes)
    {
        public Kind Plus(Kind by) => new(Bytes + by.Bytes, Learnt + by.Learnt, LearntBytes + by.LearntBytes);
    }
}
