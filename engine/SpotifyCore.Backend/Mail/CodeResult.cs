namespace SpotifyCore.Backend.Mail;

/// <summary>What came of a code: it did what it is for, or there is a wait, or it can't be used.</summary>
/// <param name="Account">The account's name; null when nothing was done.</param>
/// <param name="Ended">SHA-256 of the tokens of the sessions that have ended by it.</param>
/// <param name="Wait">How long to wait before the next try; zero when the try counted.</param>
internal sealed record CodeResult(string? Account, IReadOnlyList<byte[]> Ended, TimeSpan Wait)
{
    /// <summary>There is no such code, or it was used, or has expired.</summary>
    public static CodeResult Unusable { get; } = new(null, [], TimeSpan.Zero);

    /// <summary>Done.</summary>
    public static CodeResult Done(string account, IReadOnlyList<byte[]> ended) => new(account, ended, TimeSpan.Zero);

    /// <summary>Too many tries.</summary>
    public static CodeResult Throttled(TimeSpan wait) => new(null, [], wait);
}
