namespace SpotifyCore.SideBySide.Serving;

/// <summary>A server that the load generator asks.</summary>
/// <param name="Protocol">What it speaks: <c>frames</c>, <c>http</c> or <c>memcached</c>.</param>
/// <param name="Port">Where it listens on loopback.</param>
/// <param name="Process">The process that serves.</param>
/// <param name="KeyFile">The key that the generator shows over TLS; null for plain TCP.</param>
internal sealed record LoadTarget(string Protocol, int Port, int Process, string? KeyFile = null);
