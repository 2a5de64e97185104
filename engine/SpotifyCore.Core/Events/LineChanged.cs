namespace SpotifyCore.Core.Events;

/// <summary>What the client's line costs. It is taken to cost nothing until this is reported.</summary>
/// <param name="Line">What it costs.</param>
public readonly record struct LineChanged(LineKind Line) : IClientEvent;
