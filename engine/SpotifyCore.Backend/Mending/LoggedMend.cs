namespace SpotifyCore.Backend.Mending;

/// <summary>A mend in the log.</summary>
/// <param name="Number">Its number; they count up.</param>
/// <param name="UnixMilliseconds">When it was made.</param>
/// <param name="Account">Who made it.</param>
/// <param name="What">It, in words.</param>
internal sealed record LoggedMend(long Number, long UnixMilliseconds, string Account, string What)
{
    /// <summary>The mend that it undid; 0 where it is none such.</summary>
    public long Undoes { get; init; }

    /// <summary>The mend that undid it; 0 where none did.</summary>
    public long Undone { get; init; }
}
