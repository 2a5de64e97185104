using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Downloads;

/// <summary>Finds sources that were asked and send nothing for longer than their speed explains. Stateless.</summary>
/// <param name="options">The limits.</param>
/// <param name="links">All connections.</param>
/// <param name="nodeSilence">How long a node may send nothing.</param>
internal sealed class StallDetector(DownloadOptions options, LinkTable links, TimeSpan nodeSilence)
{
    /// <summary>How long a source may send nothing while it is asked for something.</summary>
    public TimeSpan LimitFor(Link link)
    {
        if (link.IsNode)
            return nodeSilence;

        var expected = link.Speed.TimeFor(Manifest.ChunkSize) * options.SilenceFactor;
        if (expected < options.LeastSilence)
            return options.LeastSilence;

        return expected > options.MostSilence ? options.MostSilence : expected;
    }

    /// <summary>A source that has been silent for too long; null when there is none.</summary>
    public Link? NextSilent(Instant now)
    {
        for (var i = 0; i < links.Count; i++)
        {
            var link = links[i];
            if (link.OutstandingRequests > 0 && now - link.QuietSince >= LimitFor(link))
                return link;
        }

        return null;
    }

    /// <summary>When a source is silent for too long or a pause ends, if nothing else happens.</summary>
    public Instant NextCheck(Instant now)
    {
        var next = Instant.Never;
        for (var i = 0; i < links.Count; i++)
        {
            var link = links[i];
            if (link.OutstandingRequests > 0)
                next = Instant.Min(next, link.QuietSince + LimitFor(link));

            if (link.PausedUntil > now)
                next = Instant.Min(next, link.PausedUntil);
        }

        return next;
    }
}
