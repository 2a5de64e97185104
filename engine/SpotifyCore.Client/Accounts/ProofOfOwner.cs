namespace SpotifyCore.Client.Accounts;

/// <summary>
/// That it is the account's owner who asks: its password, or a provider that it is linked with, to be signed in through. No
/// record: nothing prints it, with its password.
/// </summary>
public sealed class ProofOfOwner
{
    private ProofOfOwner(string password, string provider) => (Password, Provider) = (password, provider);

    internal string Password { get; }

    internal string Provider { get; }

    /// <summary>The account's own password.</summary>
    public static ProofOfOwner ByPassword(string password) => new(password, "");

    /// <summary>A sign-in through a provider, by its name; whoever asks has its page shown.</summary>
    public static ProofOfOwner ByProvider(string provider) => new("", provider);
}
