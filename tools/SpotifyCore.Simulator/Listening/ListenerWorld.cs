using SpotifyCore.Simulator.Catalogue;
using SpotifyCore.Simulator.Population;

namespace SpotifyCore.Simulator.Listening;

/// <summary>One world: what a model and a seed give.</summary>
/// <param name="Model">The model, complete.</param>
/// <param name="Catalogue">What there is to play.</param>
/// <param name="Clients">Who listens.</param>
/// <param name="Seed">The seed.</param>
internal sealed record ListenerWorld(WorldModel Model, MusicCatalogue Catalogue, ClientProfile[] Clients, ulong Seed);
