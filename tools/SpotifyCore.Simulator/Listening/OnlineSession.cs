namespace SpotifyCore.Simulator.Listening;

/// <summary>A time online, with what is listened to within it.</summary>
/// <param name="From">When the client comes online; midnight before the run is 0.</param>
/// <param name="To">When it goes offline.</param>
/// <param name="Bursts">Stretches of listening, in order, apart from each other.</param>
internal sealed record OnlineSession(TimeSpan From, TimeSpan To, IReadOnlyList<ListeningBurst> Bursts);
