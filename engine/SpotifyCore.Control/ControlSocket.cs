namespace SpotifyCore.Control;

/// <summary>Where the desktop daemon and the programs that drive it meet.</summary>
public static class ControlSocket
{
    /// <summary>Names another place than the usual one.</summary>
    public const string Variable = "SPOTIFYCORE_SOCKET";

    /// <summary>
    /// The path of the Unix socket: that of <see cref="Variable"/>, else <c>spotifycore/desktop.sock</c> in the user's
    /// runtime directory, or in the user's data directory where there is none.
    /// </summary>
    public static string DefaultPath
    {
        get
        {
            if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
                return named;

            var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
            var parent = string.IsNullOrEmpty(runtime)
                ? Environment.GetFolderPath(
                    Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create)
                : runtime;
            return Path.Combine(parent, "spotifycore", "desktop.sock");
        }
    }
}
