namespace SpotifyCore.Hosting.Running;

/// <summary>Something that a program does instead of running.</summary>
/// <param name="Words">How it is called, after the program's name.</param>
/// <param name="Meaning">What it does: a sentence.</param>
public sealed record HostCommand(string Words, string Meaning);
