namespace SpotifyCore.Contracts.Endpoints;

/// <summary>Where the desktop daemon and the programs that drive it meet.</summary>
public static class ControlSocket
{
    /// <summary>Names another daemon to <c>spotifycore</c> than the usual one; daemons don't look at it.</summary>
    public const string Variable = "SPOTIFYCORE_SOCKET";

    /// <summary>Where <c>spotifycore</c> looks: at <see cref="Variable"/>, else <see cref="DefaultPath"/>.</summary>
    public static string ChosenPath =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : DefaultPath;

    /// <summary>
    /// The path of the Unix socket unless it is named: <c>spotifycore/desktop.sock</c> in the user's runtime
    /// directory, or in the user's data directory where there is none.
    /// </summary>
    public static string DefaultPath
    {
        get
        {
            var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
            var parent = string.IsNullOrEmpty(runtime)
                ? Environment.GetFolderPath(
                    Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create)
                : runtime;
            return Path.Combine(parent, "spotifycore", "desktop.sock");
        }
    }
}
