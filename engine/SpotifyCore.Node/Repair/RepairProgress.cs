using Microsoft.Extensions.Logging;

namespace SpotifyCore.Node.Repair;

/// <summary>Says when a repair begins and what came of it. Safe for many threads.</summary>
internal sealed class RepairProgress(TimeProvider time, ILogger logger)
{
    private readonly Lock _counting = new();
    private long? _began;
    private int _whole;
    private int _failed;
    private long _bytes;

    /// <summary>Counts a fetch that ended.</summary>
    public void Add(long bytes, bool isWhole)
    {
        lock (_counting)
        {
            _whole += isWhole ? 1 : 0;
            _failed += isWhole ? 0 : 1;
            _bytes += bytes;
        }
    }

    /// <summary>Takes note of how many files are lacking now, as far as is known.</summary>
    public void Note(int lacking)
    {
        lock (_counting)
        {
            if (lacking > 0 && _began is null)
            {
                (_began, _whole, _failed, _bytes) = (time.GetTimestamp(), 0, 0, 0);
                logger.RepairBegun();
            }
            else if (lacking == 0 && _began is { } began)
            {
                _began = null;
                logger.RepairDone(_whole, _bytes, time.GetElapsedTime(began).TotalSeconds, _failed);
            }
        }
    }
}
