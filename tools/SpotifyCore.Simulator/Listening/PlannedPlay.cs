namespace SpotifyCore.Simulator.Listening;

/// <summary>One play that a listener means to have.</summary>
/// <param name="Track">What.</param>
/// <param name="IsPick">True when it was picked; false when the list led to it.</param>
/// <param name="Heard">Seconds of it that are heard before <paramref name="Ending"/>; all of it when heard out.</param>
/// <param name="Ending">How it ends.</param>
/// <param name="Following">What stands next in the list; null when nothing does.</param>
internal readonly record struct PlannedPlay(int Track, bool IsPick, double Heard, PlayEnding Ending, int? Following);
