using SpotifyCore.Cli.Outcomes;

namespace SpotifyCore.Cli.Outcomes;

/// <summary>What was asked can't be done; the message is the line that says why.</summary>
internal sealed class ListenerException(string message, int exitCode = ExitCodes.Failed) : Exception(message)
{
    /// <summary>What the command ends with.</summary>
    public int ExitCode => exitCode;
}
