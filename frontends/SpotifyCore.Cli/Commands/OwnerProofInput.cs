using System.CommandLine;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Login;

namespace SpotifyCore.Cli.Commands;

/// <summary>That it is the account's owner who types: its password, or a sign-in through a provider.</summary>
internal static class OwnerProofInput
{
    /// <summary>What the help of a command says of it.</summary>
    public const string Help =
        $"The account's password is asked for: it comes from {PasswordInput.Variable}, standard input or a prompt.";

    /// <summary>Through whom to prove it, in place of the password.</summary>
    public static Option<string?> Through() => new("--through")
    {
        Description = "Sign in through this provider, which the account is linked with, in place of its password",
        HelpName = "NAME",
    };

    /// <summary>Takes it.</summary>
    /// <exception cref="ListenerException">There is none.</exception>
    public static async Task<DesktopProof> ReadAsync(
        ParseResult parsed, Option<string?> through, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(through) is { Length: > 0 } provider)
            return new DesktopProof { Provider = provider };

        return await PasswordInput.ReadAsync(cancellationToken) is { Length: > 0 } password
            ? new DesktopProof { Password = password }
            : throw new ListenerException("No password was given.", ExitCodes.Misused);
    }
}
