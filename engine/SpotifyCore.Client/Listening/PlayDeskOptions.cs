namespace SpotifyCore.Client.Listening;

/// <summary>What the listener's side of a client must know of the rest.</summary>
/// <param name="FeedWindow">Chunks a play's feed takes; the core's own figure.</param>
/// <param name="IsPaced">True when the output takes samples at the pace they sound.</param>
internal sealed record PlayDeskOptions(int FeedWindow, bool IsPaced);
