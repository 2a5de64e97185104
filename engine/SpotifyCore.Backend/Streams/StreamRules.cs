namespace SpotifyCore.Backend.Streams;

/// <summary>Who has an account's stream when two of its devices want it. Without a clock: all times are Unix milliseconds.</summary>
internal static class StreamRules
{
    /// <summary>How long an opened track has it that stays silent: about as long as it may play.</summary>
    public const long OpenedFor = 10 * 60_000;

    /// <summary>How long a device has it that says that it plays and is not heard of meanwhile.</summary>
    public const long PlayingFor = 60 * 60_000;

    /// <summary>How long a click that is silent still keeps it from who plays by itself: then it may well stay silent.</summary>
    public const long ClickFor = 15_000;

    /// <summary>How often one device may take it from others: so many at once.</summary>
    public const int Takings = 10;

    /// <summary>And one more for each such while.</summary>
    public const long TakingEach = 30_000;

    /// <summary>Whether a holder keeps the stream when another device wants it so.</summary>
    public static bool Keeps(StreamHolder holder, StreamWish wish, long now) => holder.Until > now && wish switch
    {
        StreamWish.Open or StreamWish.Play => false,
        StreamWish.PlayOn => holder.State == StreamState.Playing
            || (holder.State == StreamState.Clicked && now < holder.Until - OpenedFor + ClickFor),
        _ => true,
    };

    /// <summary>By what the stream is had after a wish that was granted.</summary>
    public static StreamState StateAfter(StreamWish wish) => wish switch
    {
        StreamWish.Prepare or StreamWish.OpenOn => StreamState.Opened,
        StreamWish.Open => StreamState.Clicked,
        _ => StreamState.Playing,
    };

    /// <summary>Until when it is had then; who prepares has nothing.</summary>
    public static long UntilAfter(StreamWish wish, long now) => wish switch
    {
        StreamWish.Prepare => 0,
        StreamWish.OpenOn or StreamWish.Open => now + OpenedFor,
        _ => now + PlayingFor,
    };
}
