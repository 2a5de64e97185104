using SpotifyCore.Content.Identity;
using SpotifyCore.Import.Encoding;
using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Running;

/// <summary>
/// What a run has done so far. Owned by the progress that shows it; <see cref="Begin"/> and
/// <see cref="Learn(SourceFile, TimeSpan)"/> alone may be called by any thread.
/// </summary>
/// <param name="sources">What is to be imported.</param>
/// <param name="time">The clock.</param>
internal sealed class ImportTotals(IReadOnlyList<SourceFile> sources, TimeProvider time)
{
    private static readonly int Encodings = EncoderSettings.BitsPerSecond.Count;

    private readonly long _started = time.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly List<SourceProgress> _underWay = [];
    private readonly HashSet<SourceFile> _learnt = [];
    private readonly Dictionary<NodeAddress, int> _missing = [];
    private readonly List<string> _toRetry = [];
    private readonly RemainingSound _remaining = new(sources);
    private long _workStarted = time.GetTimestamp();
    private long? _firstBegun;
    private long _endedBytes;
    private long _decoded;
    private PassProgress _decoding;
    private PassProgress _encoding;

    /// <summary>What is to be imported.</summary>
    public IReadOnlyList<SourceFile> Sources => sources;

    /// <summary>Files to import in all.</summary>
    public int Files => sources.Count;

    /// <summary>The sources under way, those begun first first.</summary>
    public IReadOnlyList<SourceProgress> UnderWay
    {
        get
        {
            lock (_lock)
                return [.. _underWay];
        }
    }

    /// <summary>Bytes of music decoded so far: PCM of 16 bit and 48 kHz.</summary>
    public long DecodedBytes
    {
        get
        {
            lock (_lock)
                return _decoded + _underWay.Sum(static source => source.DecodedBytes);
        }
    }

    /// <summary>Tracks imported.</summary>
    public int Imported { get; private set; }

    /// <summary>Sources that were there already.</summary>
    public int Known { get; private set; }

    /// <summary>Sources that failed.</summary>
    public int Failed { get; private set; }

    /// <summary>The paths of those of them that failed for a reason that may pass.</summary>
    public IReadOnlyCollection<string> ToRetry => _toRetry;

    /// <summary>Sources imported although something was wrong with them.</summary>
    public int Warned { get; private set; }

    /// <summary>Sources that were there already and whose files were put again where they were missing.</summary>
    public int Restored { get; private set; }

    /// <summary>Sources that are there while some owner is not known to hold all of their files.</summary>
    public int Incomplete { get; private set; }

    /// <summary>For each master that is not known to hold all it should, how many files of this run it lacks.</summary>
    public IReadOnlyDictionary<NodeAddress, int> Missing => _missing;

    /// <summary>Sources whose sound was there already, and that the catalogue has as they are now.</summary>
    public int Updated { get; private set; }

    /// <summary>Sources whose tracks were removed from the catalogue by hand.</summary>
    public int Removed { get; private set; }

    /// <summary>Sources that are in the catalogue and not in the folder any more.</summary>
    public int Gone { get; private set; }

    /// <summary>Tracks that were taken out of the catalogue, as no source shows them any more; null if none was to be.</summary>
    public int? Pruned { get; private set; }

    /// <summary>Sources that ended, one way or other.</summary>
    public int Done => Imported + Known + Failed + Restored + Incomplete + Updated + Removed;

    /// <summary>Why the run ended before its sources did; null when nothing ended it.</summary>
    public string? Stopped { get; private set; }

    /// <summary>Sound imported.</summary>
    public TimeSpan Sound { get; private set; }

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Seconds of sound imported a second.</summary>
    public double TimesRealTime => Elapsed > TimeSpan.Zero ? Sound / Elapsed : 0;

    /// <summary>
    /// How long the rest will take: by the sound that is left to decode and to encode, each at what it was seen to
    /// cost; null while it can't be told.
    /// </summary>
    public TimeSpan? Left
    {
        get
        {
            lock (_lock)
            {
                foreach (var source in _underWay)
                    Learn(source.Source, source.Length);

                var (decoding, encoding) = (_decoding, _encoding);
                foreach (var source in _underWay)
                    (decoding, encoding) = (decoding + source.Decoding, encoding + source.Encoding);

                if (decoding.Cost is not { } decodes)
                    return LeftOfKnown();

                var encodes = encoding.Cost ?? decodes;
                var done = (decoding.Sound * decodes) + (encoding.Sound * encodes);
                var left = _underWay.Aggregate(
                    _remaining.NotBegun() * (decodes + (encodes * Encodings)),
                    (sum, source) => sum + LeftOf(source, decodes, encodes));
                return time.GetElapsedTime(_workStarted) * (left / done);
            }
        }
    }

    /// <summary>A source is likely to sound so long: of its kind more is known, though none has begun.</summary>
    public void Learn(SourceFile source, TimeSpan sound)
    {
        lock (_lock)
        {
            if (sound > TimeSpan.Zero && _learnt.Add(source))
                _remaining.Learn(source, sound);
        }
    }

    /// <summary>The run ends with sources left.</summary>
    public void Stop(string reason) => Stopped ??= reason;

    /// <summary>So many sources are gone.</summary>
    /// <param name="sources">How many.</param>
    /// <param name="pruned">How many tracks left the catalogue with them; null if none was to be taken out.</param>
    public void AddGone(int sources, int? pruned) => (Gone, Pruned) = (sources, pruned);

    /// <summary>The work on a source begins.</summary>
    public SourceProgress Begin(SourceFile source)
    {
        var begun = new SourceProgress(source);
        lock (_lock)
        {
            _firstBegun ??= time.GetTimestamp();

            // What is known costs next to nothing: the rate is that of the work, which has not begun before.
            if (DecodedBytes == 0)
                _workStarted = time.GetTimestamp();

            _underWay.Add(begun);
            _remaining.Begin(source);
        }

        return begun;
    }

    /// <summary>Counts a source that ended.</summary>
    public void Add(ImportResult result)
    {
        lock (_lock)
            End(result);

        switch (result.Status)
        {
            case ImportStatus.Imported:
                Imported++;
                Sound += result.Duration;
                Warned += result.Problems.Count > 0 ? 1 : 0;
                break;
            case ImportStatus.Known:
                Known++;
                break;
            case ImportStatus.Updated:
                Updated++;
                Warned += result.Problems.Count > 0 ? 1 : 0;
                break;
            case ImportStatus.Removed:
                Removed++;
                break;
            case ImportStatus.Restored:
                Restored++;
                Sound += result.Duration;
                break;
            case ImportStatus.Incomplete:
                Incomplete++;
                Sound += result.Duration;
                break;
            default:
                Failed++;
                if (result.MayPass)
                    _toRetry.Add(result.Source.Path);
                break;
        }

        foreach (var copy in result.Missing)
            _missing[copy.Master] = _missing.GetValueOrDefault(copy.Master) + 1;
    }

    private void End(ImportResult result)
    {
        var ended = _underWay.FindIndex(begun => begun.Source == result.Source);
        if (ended >= 0)
        {
            var source = _underWay[ended];
            Learn(source.Source, source.Length);
            _decoded += source.DecodedBytes;
            _decoding += source.Decoding;
            _encoding += source.Encoding;
            _underWay.RemoveAt(ended);
        }

        _endedBytes += result.Source.Length;
    }

    // While all that ended was known, the others are taken to be so: they cost no more than to be read.
    private TimeSpan? LeftOfKnown()
    {
        if (_endedBytes == 0 || _firstBegun is not { } begun)
            return null;

        var left = _remaining.Bytes + _underWay.Sum(static source => source.Source.Length);
        return time.GetElapsedTime(begun) * (left / (double)_endedBytes);
    }

    private TimeSpan LeftOf(SourceProgress source, double decodes, double encodes)
    {
        // What says nothing of its length is as long as others, or at least as what is decoded of it.
        var (decoded, encoded) = (source.Decoding.Sound, source.Encoding.Sound);
        var length = source.Length > TimeSpan.Zero ? source.Length : _remaining.Of(source.Source) ?? decoded;
        return (Later(length - decoded, TimeSpan.Zero) * decodes)
            + (Later((length * Encodings) - encoded, TimeSpan.Zero) * encodes);
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
