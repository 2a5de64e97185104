namespace SpotifyCore.Client.Accounts;

/// <summary>An invitation that the account has given.</summary>
/// <param name="Begins">The first four characters of its code, which is told only once.</param>
/// <param name="Made">When it was given.</param>
/// <param name="Expires">Until when it can be taken, or could be.</param>
public sealed record InvitationInfo(string Begins, DateTimeOffset Made, DateTimeOffset Expires)
{
    /// <summary>When it was taken; null while it was not.</summary>
    public DateTimeOffset? Taken { get; init; }

    /// <summary>The account that was made with it; empty while there is none, or when it is gone.</summary>
    public string TakenBy { get; init; } = "";
}
