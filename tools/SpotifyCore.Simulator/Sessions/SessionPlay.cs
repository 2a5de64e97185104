namespace SpotifyCore.Simulator.Sessions;

/// <summary>What came of one play of a session.</summary>
/// <param name="Desktop">Whose.</param>
/// <param name="Track">Of what.</param>
/// <param name="Cold">True when nothing of it was in the cache.</param>
/// <param name="Clicked">True when the listener's act began it.</param>
/// <param name="StartMs">Start of sound; null when it never came to that.</param>
/// <param name="Bytes">Bytes played, by tier.</param>
/// <param name="Stutters">Times that it ran dry.</param>
/// <param name="Ended">True when it was heard out.</param>
internal sealed record SessionPlay(
    int Desktop, string Track, bool Cold, bool Clicked, double? StartMs, SessionBytes Bytes, int Stutters, bool Ended);
