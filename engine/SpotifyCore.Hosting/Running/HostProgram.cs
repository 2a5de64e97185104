namespace SpotifyCore.Hosting.Running;

/// <summary>A program, as it presents itself to who starts it.</summary>
/// <param name="Name">The executable's name, such as <c>spotifycore-desktop</c>.</param>
/// <param name="Purpose">What it is for: a sentence.</param>
public sealed record HostProgram(string Name, string Purpose)
{
    /// <summary>What it does beside running.</summary>
    public IReadOnlyList<HostCommand> Commands { get; init; } = [];
}
