namespace SpotifyCore.Backend.Registration;

/// <summary>An invitation in the list of its giver's.</summary>
/// <param name="Begins">The first four characters of its code.</param>
/// <param name="Made">When it was made.</param>
/// <param name="Expires">Until when it can be taken, or could be.</param>
public sealed record ListedInvitation(string Begins, DateTimeOffset Made, DateTimeOffset Expires)
{
    /// <summary>When it was taken; null while it was not.</summary>
    public DateTimeOffset? Taken { get; init; }

    /// <summary>The account that was made with it; empty while there is none, or when it is gone.</summary>
    public string TakenBy { get; init; } = "";
}
