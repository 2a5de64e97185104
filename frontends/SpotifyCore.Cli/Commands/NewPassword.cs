using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts.Login;

namespace SpotifyCore.Cli.Commands;

/// <summary>A password that is to be.</summary>
internal static class NewPassword
{
    /// <summary>Takes it; whoever types it unseen types it twice.</summary>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <param name="isAnother">Whether it takes the place of one that was asked for before.</param>
    /// <exception cref="ListenerException">There is none, or it was typed in two ways.</exception>
    public static async Task<string> ReadAsync(CancellationToken cancellationToken, bool isAnother = false)
    {
        try
        {
            return await PasswordInput.ReadNewAsync(cancellationToken, isAnother) is { Length: > 0 } password
                ? password
                : throw new ListenerException("No password was given.", ExitCodes.Misused);
        }
        catch (FormatException differs)
        {
            throw new ListenerException(differs.Message, ExitCodes.Misused);
        }
    }
}
