namespace SpotifyCore.Import.Running;

/// <summary>What a run has done so far. Owned by the progress that shows it.</summary>
/// <param name="files">Files to import.</param>
/// <param name="bytes">Their bytes.</param>
/// <param name="time">The clock.</param>
public sealed class ImportTotals(int files, long bytes, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private long _bytesDone;
    private long _bytesWorked;

    /// <summary>Files to import in all.</summary>
    public int Files => files;

    /// <summary>Tracks imported.</summary>
    public int Imported { get; private set; }

    /// <summary>Sources that were there already.</summary>
    public int Known { get; private set; }

    /// <summary>Sources that failed.</summary>
    public int Failed { get; private set; }

    /// <summary>Sources imported although something was wrong with them.</summary>
    public int Warned { get; private set; }

    /// <summary>Sources that were there already and whose files were put again where they were missing.</summary>
    public int Restored { get; private set; }

    /// <summary>Sources that are there while some owner is not known to hold all of their files.</summary>
    public int Incomplete { get; private set; }

    /// <summary>Sources that ended, one way or other.</summary>
    public int Done => Imported + Known + Failed + Restored + Incomplete;

    /// <summary>Why the run ended before its sources did; null when nothing ended it.</summary>
    public string? Stopped { get; private set; }

    /// <summary>Sound imported.</summary>
    public TimeSpan Sound { get; private set; }

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Seconds of sound imported a second.</summary>
    public double TimesRealTime => Elapsed > TimeSpan.Zero ? Sound / Elapsed : 0;

    /// <summary>How long the rest will take, by the bytes of sources; null while it can't be told.</summary>
    public TimeSpan? Left => _bytesWorked == 0 ? null : Elapsed * ((bytes - _bytesDone) / (double)_bytesWorked);

    /// <summary>The run ends with sources left.</summary>
    public void Stop(string reason) => Stopped ??= reason;

    /// <summary>Counts a source that ended.</summary>
    public void Add(ImportResult result)
    {
        _bytesDone += result.Source.Length;
        switch (result.Status)
        {
            case ImportStatus.Imported:
                _bytesWorked += result.Source.Length;
                Imported++;
                Sound += result.Duration;
                Warned += result.Problems.Count > 0 ? 1 : 0;
                break;
            case ImportStatus.Known:
                Known++;
                break;
            case ImportStatus.Restored:
                _bytesWorked += result.Source.Length;
                Restored++;
                Sound += result.Duration;
                break;
            case ImportStatus.Incomplete:
                Incomplete++;
                break;
            default:
                Failed++;
                break;
        }
    }
}
