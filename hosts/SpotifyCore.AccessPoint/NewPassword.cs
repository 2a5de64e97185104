using SpotifyCore.Backend.Accounts;
using SpotifyCore.Contracts.Login;

namespace SpotifyCore.AccessPoint;

/// <summary>Where the password of an account comes from: the environment, standard input, or a prompt.</summary>
internal static class NewPassword
{
    /// <summary>Reads it; asks twice where somebody types it unseen.</summary>
    /// <exception cref="AccountException">There is none, or it was typed in two ways.</exception>
    public static async Task<string> ReadAsync()
    {
        if (Environment.GetEnvironmentVariable(PasswordInput.Variable) is { } given)
            return given;
        if (Console.IsInputRedirected)
        {
            return await Console.In.ReadLineAsync()
                ?? throw new AccountException("There is no password on standard input.");
        }

        var typed = await PasswordInput.AskAsync("Password: ", default);
        return await PasswordInput.AskAsync("Again: ", default) == typed
            ? typed
            : throw new AccountException("The two passwords differ.");
    }
}
