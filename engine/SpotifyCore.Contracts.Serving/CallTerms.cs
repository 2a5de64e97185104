namespace SpotifyCore.Contracts.Serving;

/// <summary>On which terms a gate lets a call in.</summary>
/// <param name="MaxMessageBytes">Most bytes of the caller's first message; 0 for the server's own limit.</param>
/// <param name="IsKnown">
/// Whether the caller has shown who he is: his connection is no stranger's from then on
/// (<see cref="GrpcServerOptions.MaxStrangers"/>).
/// </param>
public readonly record struct CallTerms(int MaxMessageBytes, bool IsKnown);
