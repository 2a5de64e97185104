using System.Globalization;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Display;

/// <summary>What a listener reads, a line a thing.</summary>
internal static class TextLines
{
    /// <summary>A track in a list: length, artists, title, album; its id in front where it is wanted.</summary>
    public static string Track(Track track, bool hasId = false)
    {
        var album = track.AlbumTitle.Length > 0 ? $" ({track.AlbumTitle})" : "";
        return $"{(hasId ? track.Track_ + "  " : "")}{Position.Format(track.DurationMs),7}  {Name(track)}{album}";
    }

    /// <summary>What to call a track, by its id where nothing else is known.</summary>
    public static string Name(Track? track) => track switch
    {
        null => "nothing",
        { Title: "" } => $"unknown track {track.Track_}",
        { Artists.Count: 0 } => track.Title,
        _ => $"{string.Join(", ", track.Artists)} - {track.Title}",
    };

    /// <summary>Whose some tracks are.</summary>
    public static string Artists(IEnumerable<Track> tracks) => Artists(tracks.SelectMany(static track => track.Artists));

    /// <summary>An album, and whose it is.</summary>
    public static string Album(string title, IEnumerable<string> artists) => $"album {title} by {Artists(artists)}";

    private static string Artists(IEnumerable<string> named)
    {
        string[] artists = [.. named.Distinct(StringComparer.Ordinal).Take(4)];
        return artists.Length switch
        {
            0 => "nobody known",
            > 3 => "various artists",
            _ => string.Join(", ", artists),
        };
    }

    /// <summary>What plays, and where in it.</summary>
    public static string Status(Status status)
    {
        if (status.State == PlayState.Stopped)
            return status.Problem.Length > 0 ? $"Stopped: {status.Problem}" : "Nothing is playing.";

        var state = status.State switch
        {
            PlayState.Opening or PlayState.Waiting => Waiting(status),
            PlayState.Paused when status.Taken => $"Paused, as {Taken(status)}",
            PlayState.Paused => "Paused",
            _ when status.Advert => "Advert",
            _ => "Playing",
        };
        return $"{state}  {Name(status.Track)}  {Position.Format(status.PositionMs)} of {Position.Format(status.DurationMs)}";
    }

    /// <summary>Where the account plays, so that it was paused here.</summary>
    public static string Taken(Status status) => status.TakenBy.Length > 0
        ? $"{status.Account} listens on {status.TakenBy}"
        : $"{status.Account} listens on another device";

    /// <summary>What a track waits for that should sound.</summary>
    public static string Waiting(Status status) => status.WaitsFor switch
    {
        WaitsFor.AccessPoint => "Waiting for the access point",
        WaitsFor.Source => "Waiting for a storage node or another listener",
        _ => "Waiting for data",
    };

    /// <summary>How the play goes: what is buffered, how fast it began, where it comes from.</summary>
    public static string Details(Status status) => Buffer(status) + Tail(Shares(status.Play?.Bytes));

    /// <summary>What is buffered, and how fast it began.</summary>
    public static string Buffer(Status status)
    {
        var buffer = (status.BufferedMs / 1000.0).ToString("0.0", CultureInfo.InvariantCulture);
        return $"{buffer} s buffered, {Start(status.Play)}";
    }

    /// <summary>Milliseconds as seconds: "5", "2.5".</summary>
    public static string Seconds(int milliseconds) =>
        (milliseconds / 1000m).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>How it is played where that is not as usual; empty when it is.</summary>
    public static string Modes(Status status)
    {
        string?[] modes =
        [
            status.Queued > 0 ? $"{Count(status.Queued, "track")} to follow" : null,
            status.Shuffled ? "shuffled" : null,
            status.Repeat switch
            {
                QueueRepeat.All => "the queue repeats",
                QueueRepeat.One => "this track repeats",
                _ => null,
            },
            status.VolumePercent < 100 ? $"volume {status.VolumePercent} %" : null,
            status.CrossfadeMs > 0 ? $"crossfade {Seconds(status.CrossfadeMs)} s" : null,
        ];
        return string.Join(", ", modes.OfType<string>());
    }

    /// <summary>Who is logged in, and why not all music can be had where it can't.</summary>
    public static string Account(Status status) =>
        status.EndedAccount.Length > 0
            ? $"Logged out: the access point has ended the session of {status.EndedAccount} (another password, no such"
                + $" account any more, or too long ago); 'spotifycore login {status.EndedAccount}' logs in again."
        : status.Account.Length == 0 ? "Logged out: 'spotifycore login NAME' logs in."
        : status.Online ? $"Logged in as {status.Account}."
        : $"Logged in as {status.Account}, offline: the access point does not answer; what is cached can be found and"
            + " played.";

    /// <summary>One play, as far as it came.</summary>
    public static string Played(PlayReport play) => Played(play, play.Samples * 1000 / SamplesPerSecond);

    /// <summary>One play, of which so many milliseconds were heard.</summary>
    public static string Played(PlayReport play, long heardMs)
    {
        var name = Name(play.Described ?? new Track { Track_ = play.Track });
        if (play.StartMs < 0)
            return $"{name}  made no sound";

        return $"{name}  {Position.Format(heardMs)} played, {Start(play)}{Tail(Shares(play.Bytes))}";
    }

    /// <summary>Where bytes came from, in whole percent; empty when there are none.</summary>
    public static string Shares(BytesBySource? bytes)
    {
        if (bytes is null)
            return "";

        var total = bytes.Cache + bytes.Peers + bytes.Production + bytes.Master;
        (long Bytes, string From)[] parts =
        [
            (bytes.Cache, "the cache"), (bytes.Peers, "other listeners"),
            (bytes.Production, "production storage"), (bytes.Master, "master storage"),
        ];
        var percents = Percents([.. parts.Select(static part => part.Bytes)], total);
        return string.Join(", ", parts.Zip(percents)
            .Where(static part => part.First.Bytes > 0)
            .Select(static part => string.Create(
                CultureInfo.InvariantCulture, $"{part.Second} % from {part.First.From}")));
    }

    /// <summary>A time as long as a blink.</summary>
    public static string Milliseconds(double milliseconds) =>
        milliseconds.ToString(milliseconds < 10 ? "0.#" : "0", CultureInfo.InvariantCulture) + " ms";

    /// <summary>So many of a thing.</summary>
    public static string Count(long count, string thing) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {thing}{(count == 1 ? "" : "s")}");

    private const int SamplesPerSecond = 48_000;

    // Whole numbers that make a hundred: what is left by rounding down goes to the parts that lost most by it.
    private static int[] Percents(long[] parts, long total)
    {
        if (total == 0)
            return new int[parts.Length];

        double[] exact = [.. parts.Select(part => 100.0 * part / total)];
        int[] whole = [.. exact.Select(static percent => (int)percent)];
        var lost = 100 - whole.Sum();
        foreach (var part in Enumerable.Range(0, parts.Length).OrderByDescending(i => exact[i] - whole[i]).Take(lost))
            whole[part]++;

        return whole;
    }

    private static string Start(PlayReport? play) => play is not { StartMs: >= 0 }
        ? "no sound yet"
        : $"sound after {Milliseconds(play.StartMs)}, {(play.Stutters == 0 ? "no stutter" : Count(play.Stutters, "stutter"))}";

    private static string Tail(string text) => text.Length > 0 ? $"; {text}" : "";
}
