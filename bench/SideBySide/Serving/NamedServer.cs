namespace SpotifyCore.SideBySide.Serving;

/// <summary>A server, and what the report calls it.</summary>
internal sealed record NamedServer(string Name, ILoadServer Server);
