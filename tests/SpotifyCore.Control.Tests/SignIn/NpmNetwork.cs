using SpotifyCore.Testing.Providers;

namespace SpotifyCore.Control.Tests.SignIn;

/// <summary>With npm's oidc-provider as a process of its own.</summary>
public sealed class NpmNetwork() : SignInNetwork("npm")
{
    private NpmProvider _provider = null!;

    protected override async Task<string> StartProviderAsync()
    {
        _provider = await NpmProvider.StartAsync();
        return _provider.Issuer;
    }

    protected override async Task StopProviderAsync() => await _provider.DisposeAsync();
}
