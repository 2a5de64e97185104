using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace SpotifyCore.Backend.SignIn;

/// <summary>What a look at a provider's documents ended with.</summary>
/// <param name="Told">What stands in them; null when they can't be had, or can't be right.</param>
/// <param name="Failure">Why there is nothing, as a sentence for a person; empty where there is.</param>
internal sealed record ProviderAnswer(OpenIdConnectConfiguration? Told, string Failure);
